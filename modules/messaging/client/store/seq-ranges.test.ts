/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeqRanges } from './seq-ranges.ts'

test('stretches that touch or overlap become one', () => {
  const ranges = new SeqRanges()
  ranges.add(10, 20)
  ranges.add(40, 50)
  ranges.add(21, 30)
  assert.deepEqual(ranges.list, [
    [10, 30],
    [40, 50],
  ])
  ranges.add(25, 45)
  assert.deepEqual(ranges.list, [[10, 50]])
})

test('nothing is added by a stretch without length', () => {
  const ranges = new SeqRanges([[1, 2]])
  ranges.add(9, 8)
  assert.deepEqual(ranges.list, [[1, 2]])
})

test('a stretch is covered only as a whole', () => {
  const ranges = new SeqRanges([
    [1, 5],
    [7, 9],
  ])
  assert.equal(ranges.covers(2, 5), true)
  assert.equal(ranges.covers(4, 8), false)
  assert.equal(ranges.covers(6, 6), false)
  assert.deepEqual(ranges.around(8), [7, 9])
})
