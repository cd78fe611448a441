import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesText, seenText, shareOf } from './quantities.ts'

test('sizes stand apart from their units, in both languages', () => {
  const sizes = [0, 900, 2_048, 3_865_470_566].map((bytes) => [
    bytesText(bytes, 'en'),
    bytesText(bytes, 'ru'),
  ])
  assert.deepEqual(sizes, [
    ['0\u00A0B', '0\u00A0Б'],
    ['900\u00A0B', '900\u00A0Б'],
    ['2\u00A0kB', '2\u00A0кБ'],
    ['3.6\u00A0GB', '3,6\u00A0ГБ'],
  ])
})

test('of what is there something can be seen, and no bar is longer than its place', () => {
  assert.deepEqual(
    [shareOf(0, 10), shareOf(1, 1_000_000), shareOf(5, 10), shareOf(20, 10)],
    [0, 1, 50, 100],
  )
  assert.equal(shareOf(5, 0), 0)
})

test('the day somebody was seen is the day of who reads', () => {
  const now = new Date('2026-11-29T23:00:00Z')
  const seen = '2026-11-29T20:00:00Z'
  assert.equal(seenText(seen, 'en', 'UTC', now).replace('\u202F', ' '), '8:00 PM')
  assert.equal(seenText(seen, 'en', 'Europe/Moscow', now), 'November 29')
  assert.equal(seenText('2026-11-29T22:50:00Z', 'en', 'Europe/Moscow', now), '10 minutes ago')
})
