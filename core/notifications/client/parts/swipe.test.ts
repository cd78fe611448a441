import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Swipe } from './swipe.ts'

test('a line follows the finger to either side, and means it from a certain width on', () => {
  for (const side of [1, -1]) {
    const swipe = new Swipe(100, 50)
    assert.equal(swipe.move(100 + 10 * side, 52), undefined)
    assert.equal(swipe.isSwipe, false)
    assert.equal(swipe.move(100 + 40 * side, 70), 40 * side)
    assert.deepEqual([swipe.isSwipe, swipe.isFar], [true, false])
    swipe.move(100 + 80 * side, 90)
    assert.equal(swipe.isFar, true)
    swipe.move(100 + 20 * side, 50)
    assert.equal(swipe.isFar, false)
  }
})

test('a finger that scrolls never swipes', () => {
  const swipe = new Swipe(100, 50)
  assert.equal(swipe.move(104, 80), undefined)
  assert.equal(swipe.move(250, 80), undefined)
  assert.deepEqual([swipe.isSwipe, swipe.isFar], [false, false])
})
