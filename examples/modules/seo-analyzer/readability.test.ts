import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readability, sentencesOf, syllablesOf, wordsOf } from './readability.ts'

suite('words', () => {
  test('with a hyphen or an apostrophe are one, numbers are none', () => {
    assert.deepEqual(wordsOf('Кто-то don’t считает до 365, is it?'), [
      'Кто-то',
      'don’t',
      'считает',
      'до',
      'is',
      'it',
    ])
  })
})

suite('sentences', () => {
  test('end with a full stop, a question or an ellipsis before a capital letter', () => {
    assert.equal(sentencesOf('Туман ушёл. Куда? Никто… «Знаю», — сказал Лев.').length, 4)
  })

  test('do not end after initials, abbreviations or inside numbers', () => {
    assert.equal(sentencesOf('А. С. Пушкин жил на ул. Мойке и платил 3.5 рубля.').length, 1)
    assert.equal(sentencesOf('Dr. Brown paid 3.50 to Mr. Green.').length, 1)
  })

  test('end with the line, and empty lines are none', () => {
    assert.equal(sentencesOf('Первая строка\n\n— — —\nВторая строка').length, 2)
  })
})

suite('syllables', () => {
  const russian = { в: 0, лёд: 1, туман: 2, озеро: 3, наблюдение: 5 }
  for (const [word, count] of Object.entries(russian)) {
    test(`${word}: ${count}`, () => assert.equal(syllablesOf(word, 'ru'), count))
  }
  const english = {
    the: 1,
    lake: 1,
    table: 2,
    looked: 1,
    added: 2,
    faces: 2,
    likes: 1,
    letter: 2,
    window: 2,
    hmm: 1,
  }
  for (const [word, count] of Object.entries(english)) {
    test(`${word}: ${count}`, () => assert.equal(syllablesOf(word, 'en'), count))
  }
})

suite('reading ease', () => {
  test('follows the formula of Flesch in English', () => {
    const text = 'The cat sat on the mat. The dog looked at the cat.'
    const measured = readability(text, 'en')
    assert.deepEqual(measured, { words: 12, sentences: 2, syllables: 12, ease: 100 })
    const bookish = 'Institutional documentation necessitates considerable concentration.'
    assert.equal(readability(bookish, 'en').ease, 0)
  })

  test('follows the coefficients of Oborneva in Russian', () => {
    const text = 'Озеро молчит утром. Туман медленно уходит на берег.'
    // 8 words, 2 sentences, 18 syllables: 206.835 − 1.3 · 4 − 60.1 · 18 / 8 = 66.4
    assert.deepEqual(readability(text, 'ru'), { words: 8, sentences: 2, syllables: 18, ease: 66 })
  })

  test('leaves out tables and code in a Russian text', () => {
    const text = 'Озеро молчит утром.'
    const withMore = `${text}\nfrom pathlib import Path\nЗима\t11\nВесна\t19`
    assert.deepEqual(readability(withMore, 'ru'), readability(text, 'ru'))
  })

  test('is 0 where there is nothing to read', () => {
    assert.deepEqual(readability('365 — 38', 'ru'), {
      words: 0,
      sentences: 0,
      syllables: 0,
      ease: 0,
    })
  })
})
