import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Turnstile } from './turnstile.ts'

test('one goes at once, of a crowd one in each turn and in order', async () => {
  const turnstile = new Turnstile()
  const begun: number[] = []
  for (const n of [1, 2, 3]) turnstile.enter(() => void begun.push(n))
  for (const expected of [[1], [1, 2], [1, 2, 3], [1, 2, 3]]) {
    assert.deepEqual(begun, expected)
    await turn()
  }
  turnstile.enter(() => void begun.push(4))
  assert.deepEqual(begun, [1, 2, 3, 4])
})
