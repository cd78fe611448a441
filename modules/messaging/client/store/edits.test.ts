/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Edits } from './edits.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { messageOf } from './sample.test.ts'

function editsOver(shelves = new MemoryShelves()) {
  const orphans: unknown[] = []
  const edits = new Edits({ shelves, orphaned: (...orphan) => void orphans.push(orphan) })
  return { edits, shelves, orphans }
}

function begun() {
  const made = editsOver()
  made.edits.begin(messageOf(3), 'fog')
  made.edits.write('c', 'fog and ice')
  return made
}

test('a change that was begun survives a reload, letter for letter', async () => {
  const { edits } = editsOver(begun().shelves)
  await edits.load()
  assert.deepEqual(edits.of('c'), { message: messageOf(3), was: 'fog', text: 'fog and ice' })
})

test('nothing is left of a change that was saved or given up', async () => {
  const { edits, shelves, orphans } = begun()
  edits.end('c')
  assert.equal(edits.of('c'), undefined)
  assert.deepEqual(await shelves.all('edits'), [])
  assert.deepEqual(orphans, [])
})

test('when its message goes, or the chat, the words are handed on', async () => {
  for (const seqs of [[2, 3], undefined]) {
    const { edits, shelves, orphans } = begun()
    edits.lost('c', seqs)
    assert.deepEqual(orphans, [['c', 'fog and ice']])
    assert.equal(edits.of('c'), undefined)
    assert.deepEqual(await shelves.all('edits'), [])
  }
})

test('another message or chat changes nothing, and words nobody has typed are not handed on', () => {
  const { edits, orphans } = begun()
  edits.lost('c', [4])
  edits.lost('d')
  assert.equal(edits.of('c')?.text, 'fog and ice')
  edits.begin(messageOf(5), 'ice')
  edits.lost('c', [5])
  assert.deepEqual(orphans, [])
})

test('a change that another one interrupts waits for its message, through a reload', async () => {
  const { edits, shelves, orphans } = begun()
  edits.begin(messageOf(5), 'ice')
  edits.write('c', 'ice and fog')
  edits.end('c')
  assert.equal(edits.of('c'), undefined)
  const later = editsOver(shelves)
  await later.edits.load()
  assert.equal(later.edits.of('c'), undefined)
  later.edits.begin(messageOf(3), 'fog')
  assert.equal(later.edits.of('c')?.text, 'fog and ice')
  later.edits.end('c')
  later.edits.begin(messageOf(3), 'fog')
  assert.equal(later.edits.of('c')?.text, 'fog', 'given up is given up')
  assert.deepEqual(orphans, [])
})

test('what was interrupted goes with its message', () => {
  const { edits, orphans } = begun()
  edits.begin(messageOf(5), 'ice')
  edits.lost('c', [3])
  assert.deepEqual(orphans, [['c', 'fog and ice']])
  edits.begin(messageOf(3), 'fog')
  assert.equal(edits.of('c')?.text, 'fog')
})
