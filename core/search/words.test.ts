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

  test('have them in common where a vowel comes and goes, or the end looks like an ending', () => {
    const words = [
      'остров острова островом островов',
      'булка булок булку',
      'девочка девочек девочками',
      'чайка чаек',
      'кошелек кошелька кошельки',
      'отец отца отцов',
      'палец пальцы пальцев',
      'боец бойца бойцами',
      'кольцо колец кольца',
      'кусок куска кусками',
      'окно окон окна',
      'песня песен песнями',
      'письмо писем письма',
      'день дня дней днями',
      'время времени временем времена',
      'голова голов головой',
      'проблема проблем проблему',
      'система системы систему систем',
      'экзамен экзамены экзаменов',
      'церковь церкви церковью',
    ]
    for (const forms of words) {
      const stems = new Set(forms.split(' ').map(stemOf))
      assert.equal(stems.size, 1, `${forms}: ${[...stems].join(' ')}`)
    }
  })

  test('have nothing in common with words that are only alike', () => {
    const pairs = [
      ['остров', 'острый'],
      ['голова', 'голый'],
      ['корова', 'кора'],
      ['основа', 'осень'],
      ['костров', 'остров'],
      ['банька', 'банк'],
      ['полька', 'полк'],
      ['уголек', 'уголок'],
      ['коньки', 'конка'],
      ['игрок', 'игра'],
      ['система', 'сито'],
      ['времена', 'веремя'],
      ['чайка', 'чай'],
      ['дня', 'дно'],
      ['другой', 'друзья'],
    ] as const
    for (const [one, other] of pairs) assert.notEqual(stemOf(one), stemOf(other), `${one} ${other}`)
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
