import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellsOf, digitsIn, secondsLeft } from './code-cells.ts'

const next = (digits: string): number => cellsOf(digits).findIndex(({ isNext }) => isNext)

test('a pasted code is taken however it is grouped, and no more than six digits of it', () => {
  assert.equal(digitsIn('407 123'), '407123')
  assert.equal(digitsIn('Your code: 407-123.'), '407123')
  assert.equal(digitsIn('12345678'), '123456')
  assert.equal(digitsIn('abc'), '')
})

test('one cell waits for the next digit, the last one when all are there', () => {
  assert.deepEqual([next(''), next('407'), next('40712'), next('407123')], [0, 3, 5, 5])
  assert.deepEqual(
    cellsOf('407').map(({ text }) => text),
    ['4', '0', '7', '', '', ''],
  )
})

test('codes change each half minute', () => {
  assert.equal(secondsLeft(0), 30)
  assert.equal(secondsLeft(29_999), 1)
  assert.equal(secondsLeft(30_000), 30)
})
