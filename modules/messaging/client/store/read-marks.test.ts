/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeWorld } from '../../../../test/support/fake-world.ts'
import type { Chat, Mine } from '../protocol/dto.ts'
import { Book } from './book.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { ReadMarks } from './read-marks.ts'
import { chatOf } from './sample.test.ts'

const MESSAGES = 30

/** A chat of thirty messages, none of them read. */
function unreadChat(): Chat {
  const chat = chatOf(MESSAGES)
  return { ...chat, me: chat.me && { ...chat.me, readSeq: 0, unread: MESSAGES, mentions: 0 } }
}

function readerOf() {
  const [world, book] = [new FakeWorld(), new Book('alice')]
  const told: number[] = []
  const save = async (_chat: string, seq: number): Promise<Mine> => {
    told.push(seq)
    return { readSeq: seq, unread: MESSAGES - seq, mentions: 0 }
  }
  book.put([unreadChat()])
  const marks = new ReadMarks({ world, book, shelves: new MemoryShelves(), save })
  return { world, book, told, marks, unread: () => book.chat('c')?.me?.unread }
}

test('what is read counts at once, and the station is told a moment later', async () => {
  const { world, told, marks, unread } = readerOf()
  marks.mark('c', 2)
  marks.mark('c', 5)
  assert.equal(unread(), 25)
  assert.deepEqual(told, [])
  world.pass(400)
  assert.deepEqual(told, [5])
})

test('a list that the station began before it heard of the reading takes nothing of it back', async () => {
  const { world, book, marks, unread } = readerOf()
  marks.mark('c', 5)
  book.replace(marks.over([unreadChat()]), [])
  assert.equal(unread(), 25)
  world.pass(400)
  await new Promise(setImmediate)
  book.replace(marks.over([unreadChat()]), [])
  assert.equal(unread(), 25)
})

test('what was read farther on another device stands', () => {
  const { marks } = readerOf()
  marks.mark('c', 5)
  const chat = unreadChat()
  const further = { ...chat, me: chat.me && { ...chat.me, readSeq: 9, unread: 21 } }
  assert.deepEqual(marks.over([further]), [further])
})
