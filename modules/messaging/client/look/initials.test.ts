/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initialsOf } from './initials.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

test('initials are those of the first words', () => {
  assert.equal(initialsOf('  анна   вересова третья ', 2), 'АВ')
  assert.equal(initialsOf('Group 7', 2), 'G7')
  assert.equal(initialsOf('Group 7', 1), 'G')
  assert.equal(initialsOf('', 2), '')
})

test('nothing that belongs together is cut, however a word begins', () => {
  const words = [
    'й'.normalize('NFD'),
    'É'.normalize('NFD'),
    'Ёж',
    'ß',
    'ŉ',
    '1\uFE0F\u20E3',
    '7eleven',
    'क्षि',
    'a\u200Db',
    'x\u20DD',
    '👩‍🚀',
    '🏳️‍🌈',
    '🇺🇦',
    '각',
    '王',
    'ﷺ',
    '"',
  ]
  for (const word of words) {
    const [first] = graphemes.segment(word)
    assert.equal(initialsOf(word, 1), first?.segment.toUpperCase(), word)
  }
})
