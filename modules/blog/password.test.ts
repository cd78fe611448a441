import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitsPassword, hashPassword } from './password.ts'

test('a password opens with itself alone, and two hashes of it differ', async () => {
  const hash = await hashPassword('озеро')
  assert.notEqual(hash, await hashPassword('озеро'))
  assert.equal(await fitsPassword('озеро', hash), true)
  assert.equal(await fitsPassword('Озеро', hash), false)
  assert.equal(await fitsPassword('', hash), false)
})

test('the same word typed in two forms of Unicode opens', async () => {
  assert.equal(await fitsPassword('е\u0308ж', await hashPassword('ёж')), true)
})

test('a hash of another make opens with nothing', async () => {
  for (const hash of ['', 'md5$1', 'plain$plain'])
    assert.equal(await fitsPassword('a', hash), false)
})
