import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isAskable, wordsOf } from './availability.ts'

const WORDS = { free: 'Адрес свободен.', taken: 'Занят. Свободны:' }

suite('whether a user name is free', () => {
  test('is asked only about what may be one', () => {
    for (const name of ['anna', 'Anna-2', 'a1']) assert.ok(isAskable(name), name)
    for (const name of ['', 'a', 'анна', '../x', 'a b', 'a'.repeat(33)]) {
      assert.ok(!isAskable(name), name)
    }
  })

  test('is said in a sentence, with free ones beside a taken one', () => {
    assert.equal(wordsOf({ free: true, suggestions: [] }, WORDS), 'Адрес свободен.')
    assert.equal(
      wordsOf({ free: false, suggestions: ['anna2', 'anna-k'] }, WORDS),
      'Занят. Свободны: anna2, anna-k',
    )
    assert.equal(wordsOf({ free: false, suggestions: [] }, WORDS), 'Занят.')
  })
})
