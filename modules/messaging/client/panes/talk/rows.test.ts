/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/dto.ts'
import { messageOf } from '../../store/sample.test.ts'
import { rowsOf } from './rows.ts'

const at = (seq: number, sender: string, iso: string): Message =>
  messageOf(seq, { sender, date: iso })

const dayKey = (iso: string): string => iso.slice(0, 10)

function rows(items: readonly Message[], unreadFrom = 0) {
  return rowsOf({ items, outgoing: [], self: 'alice', unreadFrom, dayKey })
}

test('messages of one person within a minute stand together', () => {
  const [day] = rows([
    at(1, 'bob', '2026-06-14T12:00:00.000Z'),
    at(2, 'bob', '2026-06-14T12:00:59.000Z'),
    at(3, 'alice', '2026-06-14T12:01:00.000Z'),
    at(4, 'bob', '2026-06-14T12:01:10.000Z'),
  ])
  assert.deepEqual(
    day?.groups.map(({ messages }) => messages.length),
    [2, 1, 1],
  )
})

test('longer pauses join five messages at most', () => {
  const items = Array.from({ length: 7 }, (_each, index) =>
    at(index + 1, 'bob', `2026-06-14T12:${String(index * 2).padStart(2, '0')}:00.000Z`),
  )
  assert.deepEqual(
    rows(items)[0]?.groups.map(({ messages }) => messages.length),
    [5, 2],
  )
})

test('each day begins once', () => {
  const days = rows([
    at(1, 'bob', '2026-06-13T23:59:50.000Z'),
    at(2, 'bob', '2026-06-14T00:00:10.000Z'),
    at(3, 'bob', '2026-06-14T09:00:00.000Z'),
  ])
  assert.deepEqual(
    days.map(({ key }) => key),
    ['2026-06-13', '2026-06-14'],
  )
})

test('the line over unread messages stands before the first of them and parts a group', () => {
  const [day] = rows(
    [
      at(1, 'bob', '2026-06-14T12:00:00.000Z'),
      at(2, 'bob', '2026-06-14T12:00:10.000Z'),
      at(3, 'bob', '2026-06-14T12:00:20.000Z'),
    ],
    2,
  )
  assert.deepEqual(
    day?.groups.map(({ startsUnread }) => startsUnread),
    [false, true],
  )
})

test('it stands below what one has said oneself, unless there is nothing else', () => {
  const own = at(2, 'alice', '2026-06-14T12:00:10.000Z')
  const theirs = at(3, 'bob', '2026-06-14T12:00:20.000Z')
  for (const items of [[own, theirs], [own]]) {
    const groups = rows(items, 2)[0]?.groups
    assert.deepEqual(
      groups?.filter(({ startsUnread }) => startsUnread).map(({ messages }) => messages.length),
      [1],
    )
    assert.equal(groups?.at(-1)?.startsUnread, true)
  }
})

test("one's own message has the same key before and after it arrives", () => {
  const [day] = rowsOf({
    items: [messageOf(1, { sender: 'alice', cid: 'x' })],
    outgoing: [],
    self: 'alice',
    unreadFrom: 0,
    dayKey,
  })
  assert.equal(day?.groups[0]?.messages[0]?.key, 'x')
})
