import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaUnder, dotAtEnd, lineThrough, pointsOf, roundTop } from './chart.ts'

const BOX = { left: 10, top: 20, width: 100, height: 50 }

test('an axis ends at a round number at or above the greatest value', () => {
  const tops = [0, 1, 4, 5, 37, 361, 400, 401, 99_999].map(roundTop)
  assert.deepEqual(tops, [4, 4, 4, 8, 40, 400, 400, 800, 200_000])
})

test('values stand from left to right, none outside of the box', () => {
  assert.deepEqual(pointsOf([0, 5, 10, 20], 10, BOX), [
    { x: 10, y: 70 },
    { x: 43.3, y: 45 },
    { x: 76.7, y: 20 },
    { x: 110, y: 20 },
  ])
  assert.deepEqual(pointsOf([3], 4, BOX), [{ x: 10, y: 32.5 }])
})

test('a line swings beyond none of its points', () => {
  const points = pointsOf([0, 0, 9, 9, 0, 4, 0], 10, BOX)
  const ys = [...lineThrough(points).matchAll(/[ C](-?[\d.]+) (-?[\d.]+)/g)].map(([, , y]) => y)
  assert.ok(ys.length > 10)
  for (const y of ys) assert.ok(Number(y) >= 25 && Number(y) <= 70, String(y))
})

test('a dot stands on the last point', () => {
  assert.equal(dotAtEnd(pointsOf([1, 5], 10, BOX)), 'M110 45h0')
})

test('nothing is drawn of nothing', () => {
  assert.equal(lineThrough([]), '')
  assert.equal(areaUnder([], 70), '')
  assert.equal(dotAtEnd([]), '')
})
