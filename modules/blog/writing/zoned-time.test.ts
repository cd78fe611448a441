import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf, wallClockAt } from './zoned-time.ts'

test('a wall clock means an instant of its zone', () => {
  assert.equal(instantOf('2026-11-12T09:00', 'UTC'), '2026-11-12T09:00:00.000Z')
  assert.equal(instantOf('2026-11-12T09:00', 'Europe/Moscow'), '2026-11-12T06:00:00.000Z')
  assert.equal(instantOf('2026-07-12T09:00', 'America/New_York'), '2026-07-12T13:00:00.000Z')
})

test('an hour that the clocks skip means the time after the skip', () => {
  const at = instantOf('2027-03-28T02:30', 'Europe/Berlin')
  assert.equal(at, '2027-03-28T01:30:00.000Z')
  assert.equal(wallClockAt('2027-03-28T01:30:00.000Z', 'Europe/Berlin'), '2027-03-28T03:30')
})

test('of an hour that comes twice the first is meant', () => {
  assert.equal(instantOf('2026-10-25T02:30', 'Europe/Berlin'), '2026-10-25T00:30:00.000Z')
})

test('what is no time means nothing', () => {
  for (const text of ['', 'soon', '2026-13-40T09:00', '2026-11-12', '2026-11-12T25:00']) {
    assert.equal(instantOf(text, 'UTC'), undefined, text)
  }
})

test('an instant is shown as the clock of its zone and read back as itself', () => {
  for (const zone of ['UTC', 'Europe/Moscow', 'Asia/Kathmandu', 'America/St_Johns']) {
    const shown = wallClockAt('2026-05-06T07:08:00.000Z', zone)
    assert.equal(instantOf(shown, zone), '2026-05-06T07:08:00.000Z', zone)
  }
})
