import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OriginFacts, requireOwnOrigin } from './origin-proof.ts'

const STATION = 'https://station.example'

function isAllowed(facts: Partial<OriginFacts>): boolean {
  try {
    requireOwnOrigin({
      method: 'POST',
      headers: {},
      publicUrl: STATION,
      hasSessionCookie: true,
      ...facts,
    })
    return true
  } catch {
    return false
  }
}

function from(host: string): boolean {
  return isAllowed({ publicUrl: null, headers: { host, origin: `http://${host}` } })
}

test('our own pages may change things', () => {
  assert.ok(isAllowed({ headers: { 'sec-fetch-site': 'same-origin', origin: STATION } }))
  assert.ok(isAllowed({ headers: { origin: STATION } }))
})

test('foreign pages may not, with a cookie or without', () => {
  for (const hasSessionCookie of [true, false]) {
    assert.ok(!isAllowed({ hasSessionCookie, headers: { origin: 'https://evil.example' } }))
    assert.ok(!isAllowed({ hasSessionCookie, headers: { 'sec-fetch-site': 'cross-site' } }))
    assert.ok(!isAllowed({ hasSessionCookie, headers: { 'sec-fetch-site': 'same-site' } }))
    assert.ok(!isAllowed({ hasSessionCookie, headers: { origin: 'null' } }))
    assert.ok(!isAllowed({ hasSessionCookie, headers: { origin: `${STATION}.evil.example` } }))
    assert.ok(!isAllowed({ hasSessionCookie, headers: { origin: 'http://station.example' } }))
  }
})

test('a program without proof passes only without a session cookie', () => {
  assert.ok(isAllowed({ hasSessionCookie: false }))
  assert.ok(!isAllowed({ hasSessionCookie: true }))
  assert.ok(isAllowed({ headers: { authorization: 'Bearer x' } }))
})

test('reading needs no proof', () => {
  assert.ok(isAllowed({ method: 'GET', headers: { 'sec-fetch-site': 'cross-site' } }))
})

test('without a configured address only loopback names and plain addresses are our host', () => {
  assert.ok(from('localhost:8000'))
  assert.ok(from('127.0.0.1:8000'))
  assert.ok(from('192.168.1.5:8000'))
  assert.ok(from('[::1]:8000'))
  assert.ok(!from('rebound.evil.example:8000'))
})
