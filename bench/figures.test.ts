import assert from 'node:assert/strict'
import { test } from 'node:test'
import { line, ofPairs, ofRounds, pairwise } from './figures.ts'

test('what was measured in rounds shows their median, and how far they are apart', () => {
  const sends = ofRounds([947, 1_177, 1_010], { name: 'sends', unit: '/s', goal: '≥ 1 000/s' })
  assert.match(line(sends), /^sends +1,010 \/s +947 … 1,177 +\(≥ 1 000\/s\)$/)
})

test('of two that took turns each round is compared with its own', () => {
  const [busy, quiet] = [
    [4, 30, 9],
    [2, 10, 6],
  ]
  const ratios = pairwise(busy ?? [], quiet ?? [], (one, other) => one / other)
  assert.deepEqual(ratios, [2, 3, 1.5])
  assert.match(
    line(ofPairs(busy ?? [], ratios, { name: 'p99', unit: 'ms' })),
    /^p99 +9\.00 ms +ratio 2\.00 +1\.50 … 3\.00$/,
  )
})
