import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { stemOf } from './stems.ts'
import { beginsIn, otherLayout, wordsIn } from './words.ts'

suite('words', () => {
  test('are letters and digits; their places are those of the text', () => {
    const text = 'Ёлка, ЁЛКА\u0301 — café №2 snake_case'
    const found = wordsIn(text)
    assert.deepEqual(
      found.map(({ word }) => word.normalize('NFD').replaceAll('\u0301', '')),
      ['елка', 'елка', 'cafe', '2', 'snake', 'case'],
    )
    for (const { offset, length, word } of found) {
      assert.equal(text.slice(offset, offset + length).length, length)
      assert.equal(wordsIn(text.slice(offset, offset + length))[0]?.word, word)
    }
  })

  test('survive what is no text', () => {
    assert.deepEqual(wordsIn('\uD800 👍 \u202E'), [])
    const [endless] = wordsIn('е' + '\u0301'.repeat(10_000))
    assert.ok((endless?.word.length ?? 0) <= 64)
  })

  test('have their forms in common, in both languages', () => {
    const pairs = [
      ['суббота', 'субботу'],
      ['елка', 'елки'],
      ['коты', 'котами'],
      ['running', 'runs'],
      ['cities', 'city'],
    ] as const
    for (const [one, other] of pairs) assert.equal(stemOf(one), stemOf(other))
    assert.notEqual(stemOf('кот'), stemOf('код'))
    assert.equal(stemOf('東京'), '東京')
  })

  test('are the same keys on the other keyboard', () => {
    assert.equal(otherLayout('ghbdtn'), 'привет')
    assert.equal(otherLayout('руддщ'), 'hello')
    assert.equal(otherLayout('k.,jdm'), 'любовь')
  })

  test('begin with what is asked for', () => {
    assert.ok(beginsIn('Анна Ёлкина', 'елк ан'))
    assert.ok(beginsIn('Анна Ёлкина', 'fyyf'))
    assert.ok(!beginsIn('Анна Ёлкина', 'лкина'))
  })
})
