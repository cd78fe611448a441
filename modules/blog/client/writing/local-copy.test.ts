/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fateOf, LocalCopies } from './local-copy.ts'
import { counted, minutesFor, wordCount } from './text-length.ts'

const SHOWN = { title: 'Lake', markdown: 'Fog.' }
const TYPED = { title: 'Lake', markdown: 'Fog and ice.' }

test('a copy written on what the page shows is restored', () => {
  assert.equal(fateOf({ values: TYPED, rev: 3, at: 0 }, SHOWN, 3), 'restore')
  assert.equal(fateOf({ values: TYPED, at: 0 }, SHOWN, undefined), 'restore')
})

test('a copy older than the station is offered, never put in by itself', () => {
  assert.equal(fateOf({ values: TYPED, rev: 2, at: 0 }, SHOWN, 3), 'offer')
})

test('a copy that was sent is dropped once the station went on, and restored when it did not', () => {
  assert.equal(fateOf({ values: TYPED, rev: 2, at: 0, isSent: true }, SHOWN, 3), 'drop')
  assert.equal(fateOf({ values: TYPED, rev: 3, at: 0, isSent: true }, SHOWN, 3), 'restore')
})

test('a copy of what the page shows anyway is dropped', () => {
  assert.equal(fateOf({ values: SHOWN, rev: 1, at: 0 }, SHOWN, 3), 'drop')
})

test('copies of different posts do not touch each other', () => {
  const copies = new LocalCopies(storage())
  copies.keep(undefined, { values: TYPED, at: 1 })
  copies.keep('p1', { values: SHOWN, rev: 2, at: 2 })
  copies.forget(undefined)
  assert.equal(copies.find(undefined), undefined)
  assert.deepEqual(copies.find('p1'), { values: SHOWN, rev: 2, at: 2 })
})

test('a browser without room says so and breaks nothing', () => {
  const full = storage()
  full.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  assert.equal(new LocalCopies(full).keep('p1', { values: TYPED, at: 1 }), false)
})

test('a damaged copy is no copy', () => {
  const kept = storage()
  kept.setItem('quark.draft.p1', '{"values":')
  assert.equal(new LocalCopies(kept).find('p1'), undefined)
})

test('words are counted as readers see them', () => {
  assert.equal(wordCount('Что-нибудь о rock’n’roll — 2026, **да**'), 5)
  assert.equal(wordCount('  '), 0)
  assert.equal(minutesFor(0), 1)
  assert.equal(minutesFor(684), 4)
})

test('a count takes the form of its language', () => {
  const forms = { one: '# слово', few: '# слова', many: '# слов', other: '# слова' }
  const rules = new Intl.PluralRules('ru')
  const words = [1, 3, 11, 21].map((count) => counted(count, forms, rules))
  assert.deepEqual(words, ['1 слово', '3 слова', '11 слов', '21 слово'])
})

function storage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}
