/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeWorld } from '../../../../test/support/fake-world.ts'
import type { Position } from '../protocol/update-line.ts'
import { Book } from '../store/book.ts'
import { Drafts } from '../store/drafts.ts'
import { Histories } from '../store/histories.ts'
import { MemoryShelves } from '../store/memory-shelves.ts'
import { chatOf, messageOf } from '../store/sample.test.ts'
import type { Change, Shelves } from '../store/shelves.ts'
import { POSITION, restart, type RestartingParts } from './restarting.ts'

const OLD: Position = { epoch: 'old', pts: 3 }
const NEW: Position = { epoch: 'new', pts: 9 }

/** Shelves that note each write, as a browser would do it: whole. */
class NotedShelves extends MemoryShelves {
  readonly writes: (readonly Change[])[] = []

  override async write(changes: readonly Change[]): Promise<void> {
    this.writes.push(changes)
    await super.write(changes)
  }
}

/** A tab that has kept a chat with its messages. */
async function tabOver(shelves: Shelves): Promise<RestartingParts> {
  const book = new Book('alice')
  const histories = new Histories({
    shelves,
    fetch: async () => ({
      items: [messageOf(1), messageOf(2)],
      people: [],
      hasBefore: false,
      hasAfter: false,
    }),
    lastSeq: (chat) => book.chat(chat)?.lastSeq ?? 0,
    met: () => [],
  })
  await shelves.write([
    ...book.put([chatOf(2)]),
    { shelf: 'meta', key: POSITION, put: OLD },
    { shelf: 'places', key: 'c', put: { seq: 2, offset: 0 } },
  ])
  await (await histories.of('c')).around(2, 50)
  const drafts = new Drafts({
    world: new FakeWorld(),
    shelves,
    save: async () => 1,
    shown: () => undefined,
  })
  return {
    shelves,
    book,
    histories,
    drafts,
    marks: { over: (chats) => [...chats] },
    position: async () => NEW,
    begins: () => undefined,
    list: grown,
  }
}

async function grown(): ReturnType<RestartingParts['list']> {
  return { chats: [chatOf(5)], people: [] }
}

test('a list that was asked for before one spoke takes back nothing of it', async () => {
  const shelves = new MemoryShelves()
  const tab = await tabOver(shelves)
  const lastSeq = (): number | undefined => tab.book.chat('c')?.lastSeq
  const older = { ...tab, list: async () => ({ chats: [chatOf(2)], people: [] }) }
  await shelves.write(tab.book.said(messageOf(3, { sender: 'alice' })))
  await restart(older)
  assert.equal(lastSeq(), 3)
  assert.equal(tab.book.chat('c')?.last?.seq, 3)
  assert.deepEqual(await shelves.get('chats', 'c'), tab.book.chat('c'))
  tab.book.heard(messageOf(3))
  await restart(older)
  assert.equal(lastSeq(), 2, 'what the log has told is as the station says, also after a restore')
})

test('what was kept goes in the same step in which the new list and its position come', async () => {
  const shelves = new NotedShelves()
  const tab = await tabOver(shelves)
  shelves.writes.length = 0
  assert.deepEqual(await restart(tab), NEW)
  assert.equal(shelves.writes.length, 1)
  assert.deepEqual(await shelves.all('messages'), [])
  assert.deepEqual(await shelves.all('ranges'), [])
  assert.deepEqual(await shelves.get('meta', POSITION), NEW)
  assert.equal(tab.book.chat('c')?.lastSeq, 5)
  assert.equal((await tab.histories.of('c')).loaded(2), undefined)
})

test('a network that fails in between leaves on the shelves what could be read before', async () => {
  const shelves = new NotedShelves()
  const tab = await tabOver(shelves)
  const refusing: RestartingParts = {
    ...tab,
    list: async () => {
      throw new Error('The station does not answer')
    },
  }
  await assert.rejects(restart(refusing), /does not answer/)
  assert.equal((await shelves.all('messages')).length, 2)
  assert.deepEqual(await shelves.get('meta', POSITION), OLD)
  assert.equal(tab.book.chat('c')?.lastSeq, 2)
})

test('what is fetched meanwhile is newer than the position, and stays', async () => {
  const shelves = new MemoryShelves()
  const tab = await tabOver(shelves)
  const history = await tab.histories.of('c')
  const reading: RestartingParts = {
    ...tab,
    list: async () => {
      await history.around(1, 50)
      return grown()
    },
  }
  await restart(reading)
  assert.equal(history.loaded(2)?.text, 'text 2')
  assert.equal((await shelves.all('messages')).length, 2)
  assert.deepEqual(await shelves.get('ranges', 'c'), [[1, 2]])
})

test('a chat that is opened meanwhile does not take what is void for what is known', async () => {
  const shelves = new MemoryShelves()
  const before = await tabOver(shelves)
  const { histories, ...tab } = await tabOver(shelves)
  await histories.drop('c')
  const opened: RestartingParts = {
    ...tab,
    histories,
    list: async () => {
      const history = await histories.of('c')
      assert.equal(await history.recall(2, 50), undefined)
      return grown()
    },
  }
  await restart(opened)
  assert.deepEqual(await shelves.all('ranges'), [])
  /* Where nothing is void, the same shelves were enough. */
  assert.ok(await (await before.histories.of('c')).recall(2, 50))
})

test('where the log stands is asked before anything else, and whoever reads is told', async () => {
  const asked: string[] = []
  const tab = await tabOver(new MemoryShelves())
  const history = await tab.histories.of('c')
  await restart({
    ...tab,
    position: async () => {
      asked.push('position')
      return NEW
    },
    begins: () => void asked.push(`begins with ${String(history.loaded(2)?.text)}`),
    list: async () => {
      asked.push('list')
      return { chats: [], people: [] }
    },
  })
  assert.deepEqual(asked, ['position', 'begins with text 2', 'list'])
})
