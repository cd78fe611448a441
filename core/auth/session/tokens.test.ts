import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { FakeClock } from '../../../test/support/clock.ts'
import type { Actor } from '../../port/requests.ts'
import { newId } from '../../ids.ts'
import { writeRefreshToken } from './refresh-token.ts'
import { AccessTokens } from './tokens.ts'

const STATION = 'the-station'
const ISSUER = `urn:quark:station:${STATION}`
const alice: Actor = { id: newId(), username: 'alice', role: 'member', sessionId: newId() }

function key(kid: string): { kid: string; privateKey: KeyObject } {
  return { kid, privateKey: generateKeyPairSync('ed25519').privateKey }
}

const older = key('older')
const newest = key('newest')
const clock = new FakeClock()
const tokens = new AccessTokens({ stationId: STATION, signingKeys: [older, newest] }, clock)

const encoded = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function signed(header: unknown, payload: unknown, privateKey = newest.privateKey): string {
  const text = `${encoded(header)}.${encoded(payload)}`
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
}

function macced(header: unknown, payload: unknown, secret: string): string {
  const text = `${encoded(header)}.${encoded(payload)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

const header = { alg: 'EdDSA', typ: 'at+jwt', kid: 'newest' }
const now = () => Math.floor(clock.now().getTime() / 1000)
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: ISSUER,
  aud: `${ISSUER}:api`,
  sub: alice.id,
  sid: alice.sessionId,
  role: 'member',
  iat: now(),
  exp: now() + 600,
  ...changes,
})

test('a token says who, in which session, and until when', async () => {
  const { accessToken, expiresAt } = await tokens.sign(alice)
  const expires = Date.parse(expiresAt) / 1000
  assert.equal(expires, now() + 600)
  const expected = { userId: alice.id, sessionId: alice.sessionId, expires }
  assert.deepEqual(await tokens.verify(accessToken), expected)
  assert.deepEqual(await tokens.verify(accessToken), expected)
})

test('tokens of an older key of the ring stay valid, new ones use the newest', async () => {
  const before = new AccessTokens({ stationId: STATION, signingKeys: [older] }, clock)
  const { accessToken } = await before.sign(alice)
  assert.equal((await tokens.verify(accessToken))?.userId, alice.id)
  assert.equal(await before.verify((await tokens.sign(alice)).accessToken), null)
})

test('a token dies with its ten minutes, also when it was verified before', async () => {
  const { accessToken } = await tokens.sign(alice)
  assert.ok(await tokens.verify(accessToken))
  clock.advance({ seconds: 599 })
  assert.ok(await tokens.verify(accessToken))
  clock.advance({ seconds: 1 })
  assert.equal(await tokens.verify(accessToken), null)
})

test('the hand-made token that the forgeries are made of is valid itself', async () => {
  assert.equal((await tokens.verify(signed(header, claims())))?.userId, alice.id)
})

test('every forged, foreign, stale or oddly written token is refused', async () => {
  const good = signed(header, claims())
  const [head = '', payload = '', signature = ''] = good.split('.')
  const publicPem = createPublicKey(newest.privateKey).export({ type: 'spki', format: 'pem' })
  const foreign = key('newest').privateKey
  const jwk = createPublicKey(foreign).export({ format: 'jwk' })
  const body = JSON.stringify(claims())
  const forgeries: Record<string, string> = {
    'alg none': `${encoded({ ...header, alg: 'none' })}.${payload}.`,
    'alg None': `${encoded({ ...header, alg: 'None' })}.${payload}.${signature}`,
    'alg nOnE': `${encoded({ ...header, alg: 'nOnE' })}.${payload}.`,
    'HS256 with the public key': macced({ ...header, alg: 'HS256' }, claims(), publicPem),
    'HS256 behind a newline': macced({ ...header, alg: 'HS256' }, claims(), `\n${publicPem}`),
    'another key': signed(header, claims(), foreign),
    'a path as kid': signed({ ...header, kid: '../newest' }, claims()),
    'an unknown kid': signed({ ...header, kid: 'unknown' }, claims()),
    'no kid': signed({ alg: 'EdDSA', typ: 'at+jwt' }, claims()),
    'an embedded key': signed({ ...header, jwk }, claims(), foreign),
    'an address of keys': signed({ ...header, jku: 'https://evil.example/' }, claims(), foreign),
    'a critical extension': signed({ ...header, crit: ['b64'], b64: false }, claims()),
    'expired by a second': signed(header, claims({ iat: now() - 601, exp: now() - 1 })),
    'not yet valid': signed(header, claims({ nbf: now() + 60 })),
    'no expiry': signed(header, { ...claims(), exp: undefined }),
    'another audience': signed(header, claims({ aud: 'someone else' })),
    'another issuer': signed(header, claims({ iss: 'urn:quark:station:other' })),
    'another type': signed({ ...header, typ: 'JWT' }, claims()),
    'no session': signed(header, { ...claims(), sid: undefined }),
    'a refresh token': writeRefreshToken(
      { sessionId: alice.sessionId, generation: 0 },
      Buffer.alloc(32),
    ),
    'claims given twice': signed(header, body.replace('{', `{"sub":"${newId()}",`)),
    'white space in the claims': signed(header, ` ${body}`),
    'claims that are no JSON': signed(header, 'not json'),
    'a hundred kilobytes': signed(header, claims({ more: 'x'.repeat(100_000) })),
    'a truncated signature': good.slice(0, -4),
    'a padded signature': `${good}==`,
    'a padded header': `${head}=.${payload}.${signature}`,
    'other bits in the last letter': `${head}.${payload}.${otherLastLetter(signature)}`,
    'plain base64': `${head}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    'four parts': `${good}.${signature}`,
    'two parts': `${head}.${payload}`,
    nothing: '',
    dots: '..',
  }
  for (const [name, token] of Object.entries(forgeries)) {
    assert.equal(await tokens.verify(token), null, name)
  }
})

/** The last letter of 64 bytes carries two bits of data; its other four are ignored by decoders. */
function otherLastLetter(signature: string): string {
  const twin = Buffer.from(signature, 'base64url')
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const found = alphabet.split('').find((letter) => {
    const other = signature.slice(0, -1) + letter
    return other !== signature && Buffer.from(other, 'base64url').equals(twin)
  })
  return signature.slice(0, -1) + (found ?? assert.fail('no twin'))
}
