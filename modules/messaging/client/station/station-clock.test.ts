/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StationClock } from './station-clock.ts'

const DAY_MS = 86_400_000

function shelf(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, words) => void kept.set(key, words),
  }
}

test('a device that is days off goes by the station, in every tab', () => {
  const kept = shelf()
  let deviceMs = DAY_MS
  const [tab, other] = [0, 1].map(
    () =>
      new StationClock(
        () => deviceMs,
        () => kept,
      ),
  )
  tab?.hear(4 * DAY_MS)
  deviceMs += 1_000
  assert.equal(tab?.now(), 4 * DAY_MS + 1_000)
  assert.equal(other?.now(), 4 * DAY_MS + 1_000)
  deviceMs = 4 * DAY_MS + 2_000
  tab?.hear(4 * DAY_MS + 2_000)
  assert.equal(other?.now(), deviceMs, 'somebody has set it right')
})

test('the time a word takes is no difference', () => {
  const clock = new StationClock(() => 10_000, shelf)
  clock.hear(7_000)
  assert.equal(clock.now(), 10_000)
})

test('a browser that keeps nothing goes by its own clock', () => {
  const clock = new StationClock(
    () => 10_000,
    () => {
      throw new Error('No storage')
    },
  )
  clock.hear(7 * DAY_MS)
  assert.equal(clock.now(), 10_000)
})
