import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Metrics, measure } from './metrics.ts'

const HUNDRED = Array.from({ length: 101 }, (_, index) => 100 - index)

test('percentiles lie between the nearest ranks', () => {
  assert.equal(measure(HUNDRED, 'p(95)'), 95)
  assert.equal(measure([1, 2], 'med'), 1.5)
  assert.equal(measure([1, 2], 'p(90)'), 1.9)
  assert.equal(measure([], 'avg'), undefined)
  assert.throws(() => measure([1], 'mode'), /no statistic “mode”/)
})

test('a selector takes only the measurements with its tag', () => {
  const metrics = new Metrics()
  const add = (value: number, page: string): void =>
    metrics.add({ metric: 'took', kind: 'trend', value, tags: { page } })
  add(10, 'home')
  add(30, 'post')
  assert.equal(metrics.verdict('took', 'avg<=20', 1000).passed, true)
  assert.equal(metrics.verdict('took{page:post}', 'avg<=20', 1000).passed, false)
  assert.equal(metrics.verdict('took{page:feed}', 'avg<=20', 1000).measured, undefined)
  assert.throws(() => metrics.verdict('took', 'avg under 20', 1000), /is not understood/)
})

test('the rate of a counter is per second, that of a rate is a share', () => {
  const metrics = new Metrics()
  for (const value of [1, 1, 0, 1]) {
    metrics.add({ metric: 'reqs', kind: 'counter', value: 1, tags: {} })
    metrics.add({ metric: 'good', kind: 'rate', value, tags: {} })
  }
  assert.equal(metrics.verdict('reqs', 'rate>1', 2000).measured, 2)
  assert.equal(metrics.verdict('reqs', 'count==4', 2000).passed, true)
  assert.equal(metrics.verdict('good', 'rate>0.7', 2000).measured, 0.75)
})
