import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slugWords } from './slug-words.ts'

test('a Russian title becomes a Latin address letter by letter', () => {
  assert.equal(slugWords('Привет, мир! Ещё щука'), 'privet-mir-eshchyo-shchuka')
  assert.equal(
    slugWords('Объезд, хижина, цирк, чаща, шмель'),
    'obezd-khizhina-tsirk-chashcha-shmel',
  )
  assert.equal(slugWords('Юла, яма, эхо, ёж, йод, мышь'), 'yula-yama-ekho-yozh-yod-mysh')
})

test('ё written as two characters is still ё', () => {
  assert.equal(slugWords('Е\u0308лка'), 'yolka')
})

test('accents and apostrophes leave plain letters', () => {
  assert.equal(slugWords('Café naïve — don’t, Straße'), 'cafe-naive-dont-strasse')
})

test('a Greek title becomes a Latin address as on road signs', () => {
  assert.equal(slugWords('Καλημέρα, κόσμε'), 'kalimera-kosme')
  assert.equal(slugWords('Ο ΟΥΡΑΝΟΣ του Αιγαίου'), 'o-ouranos-tou-aigaiou')
  assert.equal(slugWords('Ψυχή και θάλασσα — 2η μέρα'), 'psychi-kai-thalassa-2i-mera')
  assert.equal(slugWords('Ἐν ἀρχῇ ἦν ὁ λόγος'), 'en-archi-in-o-logos')
})

test('numbers alone are an address only when nothing else was said', () => {
  assert.equal(slugWords('2024'), '2024')
  assert.equal(slugWords('12 / 2024 !'), '12-2024')
  assert.deepEqual(['日本語 2', 'שלום 3', 'مرحبا-3'].map(slugWords), ['', '', ''])
  assert.equal(slugWords('日本語 iPhone 2'), 'iphone-2')
})

test('a title without letters that are known here has no words', () => {
  assert.deepEqual(['日本語', '!!!', '', '😀', '..'].map(slugWords), ['', '', '', '', ''])
})

test('a long title is cut between words', () => {
  const slug = slugWords('длинный заголовок '.repeat(20))
  assert.ok(slug.length <= 80 && /(?:dlinnyy|zagolovok)$/.test(slug), slug)
  assert.equal(slugWords('a'.repeat(500)).length, 80)
})
