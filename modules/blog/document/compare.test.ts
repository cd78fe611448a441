import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { portableDoc } from './arbitrary-doc.ts'
import { changedBlocks, sameContent, withIdsFrom } from './compare.ts'
import { docFromMarkdown } from './markdown/doc-from-markdown.ts'
import { markdownFromDoc } from './markdown/markdown-from-doc.ts'
import type { QuarkDoc } from './model.ts'
import { parseDoc } from './gate/parse.ts'
import { visitBlocks } from './text.ts'

/** A document of paragraphs; `b2:новый` gives the id and the text. */
function docOf(...paragraphs: string[]): QuarkDoc {
  const content = paragraphs.map((entry) => {
    const [id, text] = entry.split(':')
    return { type: 'paragraph', attrs: { id }, content: [{ type: 'text', text: text ?? id }] }
  })
  return parseDoc({ v: 1, doc: { type: 'doc', content } })
}
function idsOf(doc: QuarkDoc): string[] {
  const ids: string[] = []
  visitBlocks(doc.doc.content, (block) => ids.push(block.attrs.id))
  return ids
}

function itemIdsOf(doc: QuarkDoc): string[] {
  const [list] = doc.doc.content
  return list?.type === 'bulletList' ? list.content.map((item) => item.attrs.id) : []
}

test('the same document has no changed blocks', () => {
  assert.deepEqual(changedBlocks(docOf('b1', 'b2'), docOf('b1', 'b2')), [])
})

test('edited, added and removed blocks are named', () => {
  const base = docOf('b1', 'b2', 'b3')
  assert.deepEqual(changedBlocks(base, docOf('b1', 'b2:иначе', 'b3')), ['b2'])
  assert.deepEqual(changedBlocks(base, docOf('b1', 'b2', 'b9', 'b3')), ['b9'])
  assert.deepEqual(changedBlocks(base, docOf('b1', 'b3')), ['b2'])
})

test('of moved blocks only those are named that left their order', () => {
  assert.deepEqual(changedBlocks(docOf('b1', 'b2', 'b3', 'b4'), docOf('b4', 'b1', 'b2', 'b3')), [
    'b4',
  ])
})

test('a change of a list item is a change of its list', async () => {
  const base = await docFromMarkdown('текст\n\n- раз\n- два')
  const next = withIdsFrom(base, await docFromMarkdown('текст\n\n- раз\n- три'))
  assert.deepEqual(changedBlocks(base, next), [base.doc.content[1]?.attrs.id])
})

test('ids survive a trip through Markdown', async () => {
  await fc.assert(
    fc.asyncProperty(portableDoc, async (doc) => {
      const next = withIdsFrom(doc, await docFromMarkdown(await markdownFromDoc(doc)))
      assert.equal(JSON.stringify(next), JSON.stringify(doc))
    }),
    { numRuns: 100, seed: 2026 },
  )
})

test('an edited paragraph keeps its id, a new one gets its own, a moved one keeps its own', async () => {
  const base = await docFromMarkdown('раз\n\nдва\n\nтри\n\n- а\n- б')
  const [one, two, three, list] = idsOf(base)
  const edited = withIdsFrom(
    base,
    await docFromMarkdown('раз\n\nдва с половиной\n\nтри\n\n- а\n- в'),
  )
  assert.deepEqual(idsOf(edited).slice(0, 4), [one, two, three, list])
  const grown = withIdsFrom(
    base,
    await docFromMarkdown('раз\n\nещё\n\nи ещё\n\nдва\n\nтри\n\n- а\n- б'),
  )
  assert.deepEqual(
    [0, 3, 4, 5].map((i) => idsOf(grown)[i]),
    [one, two, three, list],
  )
  const moved = withIdsFrom(base, await docFromMarkdown('три\n\nраз\n\nдва\n\n- а\n- б'))
  assert.deepEqual(idsOf(moved).slice(0, 4), [three, one, two, list])
})

test('items of an edited list keep their ids', async () => {
  const base = await docFromMarkdown('- а\n- б\n- в')
  const next = withIdsFrom(base, await docFromMarkdown('- а\n- б\n- новый\n- в'))
  const [a, b, c] = itemIdsOf(base)
  assert.deepEqual(
    [0, 1, 3].map((i) => itemIdsOf(next)[i]),
    [a, b, c],
  )
})

test('ids stay unique whatever two documents meet', async () => {
  fc.assert(
    fc.property(portableDoc, portableDoc, (base, next) => {
      const adopted = withIdsFrom(base, next)
      assert.ok(sameContent(adopted, next))
      assert.equal(JSON.stringify(parseDoc(adopted)), JSON.stringify(adopted))
    }),
    { numRuns: 200, seed: 2026 },
  )
})
