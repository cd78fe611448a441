import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)

test('what is sealed opens for the same purpose and key alone', () => {
  const sealed = seal('секрет', 'secret alice', key)
  assert.equal(unseal(sealed, 'secret alice', key), 'секрет')
  assert.equal(unseal(sealed, 'secret bob', key), null)
  assert.equal(unseal(sealed, 'secret alice', randomBytes(32)), null)
  assert.notEqual(seal('секрет', 'secret alice', key), sealed)
})

test('a changed, cut or invented text opens to nothing', () => {
  const bytes = Buffer.from(seal('secret', 'p', key), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    assert.equal(unseal(changed.toString('base64url'), 'p', key), null, String(at))
    assert.equal(unseal(bytes.subarray(0, at).toString('base64url'), 'p', key), null)
  }
  for (const text of ['', 'x', '%%%', 'a'.repeat(5_000)]) assert.equal(unseal(text, 'p', key), null)
})
