import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isAskable, verdictOn } from './availability.ts'

const FREE = { free: true, suggestions: [] }
const TAKEN = { free: false, suggestions: ['anna2', 'hi-anna'] }

suite('whether a user name is free', () => {
  test('is asked once there is something to ask about', () => {
    for (const name of ['anna', 'Anna-2', 'a1', 'анна', 'a b']) assert.ok(isAskable(name), name)
    for (const name of ['', 'a', 'a'.repeat(65)]) assert.ok(!isAskable(name), name)
  })

  test('is said with names that are free beside a taken one', () => {
    assert.deepEqual(verdictOn('anna', FREE), { kind: 'free', offered: [] })
    assert.deepEqual(verdictOn('anna', TAKEN), { kind: 'taken', offered: TAKEN.suggestions })
    assert.equal(verdictOn('anna', undefined), undefined)
  })

  test('is no question where the letters are wrong, though something near it may be had', () => {
    for (const name of ['аnna', '../x', 'a b', 'a'.repeat(33), '-anna']) {
      assert.deepEqual(verdictOn(name, TAKEN), { kind: 'wrong', offered: TAKEN.suggestions }, name)
      assert.deepEqual(verdictOn(name, undefined), { kind: 'wrong', offered: [] }, name)
    }
  })
})
