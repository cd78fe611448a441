import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDoc, plainText, type QuarkDoc } from '../document/index.ts'
import { mergeDocs } from './merge.ts'

/** A document of paragraphs, written as `id text`. */
function doc(...lines: readonly string[]): QuarkDoc {
  const content = lines.map((line) => {
    const [id, ...words] = line.split(' ')
    return {
      type: 'paragraph',
      attrs: { id },
      content: [{ type: 'text', text: words.join(' ') }],
    }
  })
  return parseDoc({ v: 1, doc: { type: 'doc', content } })
}

function mergedText(base: QuarkDoc, current: QuarkDoc, next: QuarkDoc): string[] | string {
  const merged = mergeDocs(base, current, next)
  return merged.blocks ? `conflict ${merged.blocks.join(' ')}` : plainText(merged.doc).split('\n')
}

const base = doc('a one', 'b two', 'c three')

test('changes of different blocks stand together', () => {
  const current = doc('a ONE', 'b two', 'c three')
  const next = doc('a one', 'b two', 'c THREE')
  assert.deepEqual(mergedText(base, current, next), ['ONE', 'two', 'THREE'])
})

test('a block that both sides have changed is named and not decided', () => {
  const current = doc('a one', 'b TWO', 'c three')
  const next = doc('a one', 'b zwei', 'c three')
  assert.equal(mergedText(base, current, next), 'conflict b')
})

test('a block that one side removed and the other changed is a conflict', () => {
  assert.equal(
    mergedText(base, doc('a one', 'c three'), doc('a one', 'b zwei', 'c three')),
    'conflict b',
  )
  assert.equal(
    mergedText(base, doc('a one', 'b zwei', 'c three'), doc('a one', 'c three')),
    'conflict b',
  )
})

test('a new block stands after the neighbour it was written behind', () => {
  const current = doc('a one', 'x between', 'b two', 'c three')
  const next = doc('a one', 'b two', 'n new', 'c three', 'z last')
  assert.deepEqual(mergedText(base, current, next), [
    'one',
    'between',
    'two',
    'new',
    'three',
    'last',
  ])
})

test('a new block finds its place when its neighbour is gone', () => {
  const current = doc('a one', 'c three')
  const next = doc('a one', 'b two', 'n new', 'c three')
  assert.deepEqual(mergedText(base, current, next), ['one', 'new', 'three'])
})

test('a removed block stays removed', () => {
  const current = doc('a one', 'b two', 'c THREE')
  assert.deepEqual(mergedText(base, current, doc('b two', 'c three')), ['two', 'THREE'])
})

test('a moved block keeps what the other side did elsewhere', () => {
  const current = doc('a one', 'b two', 'c THREE')
  const next = doc('b two', 'a one', 'c three')
  assert.deepEqual(mergedText(base, current, next), ['two', 'one', 'THREE'])
})

function note(id: string, text: string) {
  return {
    type: 'footnoteDefinition',
    attrs: { id, label: 'n' },
    content: [{ type: 'paragraph', attrs: { id: `${id}p` }, content: [{ type: 'text', text }] }],
  }
}

test('two footnotes of one name cannot be merged', () => {
  const plus = (id: string): QuarkDoc =>
    parseDoc({ v: 1, doc: { type: 'doc', content: [...base.doc.content, note(id, id)] } })
  assert.equal(mergedText(base, plus('m'), plus('n')), 'conflict n')
})
