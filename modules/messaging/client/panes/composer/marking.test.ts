/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marked, markdownOf } from './marking.ts'
import { mentionAt } from './mention-at.ts'
import { difference } from './pen.ts'

test('a mark is put around what is selected, and taken away again', () => {
  const bold = marked({ text: 'a fog b', from: 2, to: 5 }, 'bold')
  assert.deepEqual(bold, { text: 'a **fog** b', from: 4, to: 7 })
  assert.deepEqual(marked(bold, 'bold'), { text: 'a fog b', from: 2, to: 5 })
})

test('a quote marks whole lines, and unmarks them', () => {
  const quoted = marked({ text: 'one\ntwo\nthree', from: 5, to: 13 }, 'quote')
  assert.equal(quoted.text, 'one\n> two\n> three')
  assert.equal(marked(quoted, 'quote').text, 'one\ntwo\nthree')
})

test('a link leaves the caret where something is missing, and a pasted address takes the place of its beginning', () => {
  const words = marked({ text: 'see here', from: 4, to: 8 }, 'link')
  assert.equal(words.text, 'see [here](https://)')
  assert.equal(words.text.slice(0, words.from), 'see [here](')
  assert.equal(words.text.slice(words.from, words.to), 'https://')
  const address = marked({ text: 'https://a.example', from: 0, to: 17 }, 'link')
  assert.equal(address.text, '[](https://a.example)')
  assert.deepEqual([address.from, address.to], [1, 1])
})

test('a text with entities becomes the Markdown it was written as', () => {
  assert.equal(
    markdownOf('bold and both', [
      { type: 'bold', offset: 0, length: 13 },
      { type: 'italic', offset: 9, length: 4 },
    ]),
    '**bold and _both_**',
  )
  assert.equal(
    markdownOf('here', [{ type: 'link', offset: 0, length: 4, url: 'https://a.example' }]),
    '[here](https://a.example)',
  )
  assert.equal(
    markdownOf('x = 1', [{ type: 'pre', offset: 0, length: 5, language: 'js' }]),
    '```js\nx = 1\n```',
  )
  assert.equal(markdownOf('a\nb\nc', [{ type: 'quote', offset: 0, length: 3 }]), '> a\n> b\nc')
})

test('a changed text is typed only where it differs', () => {
  for (const [old, text] of [
    ['a fog b', 'a **fog** b'],
    ['**a**', 'a'],
    ['', '🔥'],
    ['aaa', 'aaaa'],
    ['same', 'same'],
  ] as const) {
    const { from, to, words } = difference(old, text)
    assert.equal(old.slice(0, from) + words + old.slice(to), text)
  }
  assert.deepEqual(difference('😀', '😁😀'), { from: 0, to: 0, words: '😁' })
  assert.deepEqual(difference('😀', '😁'), { from: 0, to: 2, words: '😁' })
  assert.deepEqual(difference('a fog b', 'a fog and b'), { from: 6, to: 6, words: 'and ' })
})

test('a mention begins at the start or after a space', () => {
  assert.deepEqual(mentionAt('hi @ve', 6), { at: 3, query: 've' })
  assert.deepEqual(mentionAt('@', 1), { at: 0, query: '' })
  assert.equal(mentionAt('mail@ve', 7), undefined)
  assert.equal(mentionAt('hi @ve ', 7), undefined)
})
