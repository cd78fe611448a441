import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, parseOptions, planOf, usersAt } from './plan.ts'

test('users rise and fall in a straight line between the stages', () => {
  const stages = [
    { duration: '10s', target: 10 },
    { duration: '1m', target: 10 },
    { duration: '10s', target: 0 },
  ]
  const plan = planOf({ vus: 2, stages })
  const at = [0, 5, 10, 69.9, 75, 79.9, 80].map((seconds) => usersAt(plan, seconds * 1000))
  assert.deepEqual(at, [2, 6, 10, 10, 5, 0, undefined])
})

test('without a duration every user does one iteration, with one as many as fit', () => {
  assert.equal(planOf({ vus: 3 }).iterations, 3)
  assert.equal(planOf({ vus: 3, duration: '1s' }).iterations, null)
  assert.equal(planOf({ vus: 3, duration: '1s', iterations: 7 }).iterations, 7)
})

test('durations are read as k6 writes them', () => {
  assert.equal(milliseconds('1m30s'), 90_000)
  assert.equal(milliseconds('0.5s'), 500)
  assert.equal(milliseconds('250ms'), 250)
  assert.throws(() => milliseconds('soon'), /“soon” is not a duration/)
})

test('an option that only k6 itself knows is named', () => {
  assert.throws(() => parseOptions({ scenarios: {} }), /scenarios|additional/)
  assert.throws(() => parseOptions({ vus: 0 }), /options\/vus/)
})
