import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mannWhitneyP } from './mann-whitney.ts'

const steps = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => i + from)

test('samples of one source look alike, samples far apart do not', () => {
  const even = steps(100).map((i) => i * 2)
  const odd = even.map((value) => value + 1)
  assert.ok(mannWhitneyP(even, odd) > 0.8)
  assert.ok(mannWhitneyP(steps(100), steps(100, 200)) < 1e-30)
  assert.ok(mannWhitneyP(steps(100), steps(100, 20)) < 0.01)
})

test('the order of the samples does not matter, and equal values tell nothing', () => {
  const [a, b] = [steps(40), steps(40, 7)]
  assert.ok(Math.abs(mannWhitneyP(a, b) - mannWhitneyP(b, a)) < 1e-12)
  assert.equal(mannWhitneyP([5, 5, 5], [5, 5, 5]), 1)
})

test('the value agrees with the one computed by hand', () => {
  /* U = 0 of 10 × 10: z = (50 − 0.5) / √(100 / 12 × 21) = 3.7418, both tails 0.000183. */
  assert.ok(Math.abs(mannWhitneyP(steps(10), steps(10, 10)) - 0.000183) < 0.000001)
  /* With ties: ranks 2, 2, 2 | 4.5, 4.5, 6 … of [1, 1, 1] and [2, 2, 3]. */
  assert.ok(Math.abs(mannWhitneyP([1, 1, 1], [2, 2, 3]) - 0.0594) < 0.0005)
})
