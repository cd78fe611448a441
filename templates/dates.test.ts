import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { fullDate, machineDate, monthAndYear, shortDate, timeOfDay } from './dates.ts'

const EVENING = '2026-11-12T21:30:00Z'

test('a full date is written in words, without the Russian mark of the year', () => {
  assert.equal(fullDate(EVENING, 'ru', 'UTC'), '12 ноября 2026')
  assert.equal(fullDate(EVENING, 'en', 'UTC'), 'November 12, 2026')
})

test('a date belongs to the day of the reader', () => {
  assert.equal(fullDate(EVENING, 'ru', 'Asia/Yekaterinburg'), '13 ноября 2026')
})

test('a list leaves out the current year only', () => {
  assert.equal(shortDate(EVENING, 'ru', 'UTC', '2026-12-01T00:00:00Z'), '12 ноября')
  assert.equal(shortDate(EVENING, 'ru', 'UTC', '2027-01-01T00:00:00Z'), '12 ноября 2026')
  assert.equal(shortDate(EVENING, 'en', 'UTC', '2026-12-01T00:00:00Z'), 'November 12')
})

test('a month as a heading begins with a capital', () => {
  assert.equal(monthAndYear(EVENING, 'ru', 'UTC'), 'Ноябрь 2026')
  assert.equal(monthAndYear(EVENING, 'en', 'UTC'), 'November 2026')
})

test('time of day follows the custom of the language', () => {
  assert.equal(timeOfDay(EVENING, 'ru', 'Europe/Moscow'), '0:30')
  assert.match(timeOfDay(EVENING, 'en', 'Europe/Moscow'), /^12:30\sAM$/)
})

test('machines are given UTC', () => {
  assert.equal(machineDate(Date.parse(EVENING)), '2026-11-12T21:30:00.000Z')
})
