import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { loadSecrets } from '../core/auth/keys/secrets.ts'
import { DIALECTS } from './support/databases.ts'
import { buildTestStation } from './support/station.ts'

type Parts = Readonly<Record<string, unknown>>

const encoded = (value: Parts): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const decoded = (part: string): Parts =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Parts

function signed(header: Parts, claims: Parts, key: KeyObject): string {
  const text = `${encoded(header)}.${encoded(claims)}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}

function macced(header: Parts, claims: Parts, secret: string): string {
  const text = `${encoded(header)}.${encoded(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

/** Whoever reads the first `sub` and whoever reads the last see two people. */
function twice(header: Parts, claims: Parts, key: KeyObject): string {
  const body = JSON.stringify(claims).replace('{', '{"sub":"somebody else",')
  const text = `${encoded(header)}.${Buffer.from(body).toString('base64url')}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}

/** Tokens made of a good one, and of the key that signs, where the forger is the station itself. */
function forgeries(
  good: string,
  refresh: string,
  key: KeyObject,
): Readonly<Record<string, string>> {
  const [head = '', body = '', signature = ''] = good.split('.')
  const header = decoded(head)
  const claims = decoded(body)
  const now = Number(claims['iat'])
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' })
  const foreign = generateKeyPairSync('ed25519').privateKey
  const jwk = createPublicKey(foreign).export({ format: 'jwk' })
  return {
    'alg none': `${encoded({ ...header, alg: 'none' })}.${body}.`,
    'alg nOnE': `${encoded({ ...header, alg: 'nOnE' })}.${body}.${signature}`,
    'HS256 with the public key': macced({ ...header, alg: 'HS256' }, claims, pem),
    'HS256 behind a newline': macced({ ...header, alg: 'HS256' }, claims, `\n${pem}`),
    'another key': signed(header, claims, foreign),
    'a path as kid': signed({ ...header, kid: '../x' }, claims, key),
    'a key nobody has': signed({ ...header, kid: 'nobody' }, claims, key),
    'no kid at all': signed({ ...header, kid: undefined }, claims, key),
    'an embedded key': signed({ ...header, jwk }, claims, foreign),
    'an address of keys': signed({ ...header, jku: 'https://evil.example/' }, claims, foreign),
    'an address of certificates': signed(
      { ...header, x5u: 'https://evil.example/' },
      claims,
      foreign,
    ),
    'what has to be understood': signed({ ...header, crit: ['exp'] }, claims, key),
    'an address of keys beside our own': signed(
      { ...header, jku: 'https://a.example/' },
      claims,
      key,
    ),
    'expired by a second': signed(header, { ...claims, exp: now - 1 }, key),
    'not yet valid': signed(header, { ...claims, nbf: now + 60 }, key),
    'another audience': signed(header, { ...claims, aud: 'someone else' }, key),
    'another issuer': signed(header, { ...claims, iss: 'someone else' }, key),
    'another type': signed({ ...header, typ: 'JWT' }, claims, key),
    'a role and a person of one’s own choice': `${head}.${encoded({ ...claims, role: 'owner' })}.${signature}`,
    'a session that never was': signed(header, { ...claims, sid: 'nothing' }, key),
    'a refresh token': refresh,
    'longer than any of ours': signed(header, { ...claims, more: 'x'.repeat(100_000) }, key),
    'a truncated signature': good.slice(0, -4),
    'a padded signature': `${good}==`,
    'the same claim twice': twice(header, claims, key),
    'letters of another alphabet': good.replaceAll('-', '+').replaceAll('_', '/') + '=',
    dots: '..',
  }
}

for (const dialect of DIALECTS) {
  test(`${dialect}: no forged token opens anything, and all are refused alike`, async () => {
    await using t = await buildTestStation({ dialect })
    const alice = await t.person('alice')
    const key = loadSecrets(t.station.config.dataDir).signingKeys.at(-1)?.privateKey
    const good = alice.cookies.get('quark-access') ?? ''
    assert.ok(key && good !== '')
    const asked = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const { status, text, headers: given } = await t.stranger().get('/api/v1/me', { headers })
      return { status, told: text.replaceAll(String(given['x-request-id']), 'ID') }
    }
    assert.equal((await asked(good)).status, 200)
    const told = new Set<string>()
    const refresh = alice.cookies.get('quark-refresh') ?? ''
    for (const [what, token] of Object.entries(forgeries(good, refresh, key))) {
      const answer = await asked(token)
      assert.equal(answer.status, 401, what)
      told.add(answer.told)
    }
    assert.equal(told.size, 1, [...told].join('\n'))
    assert.deepEqual(t.warnings, [])
  })
}
