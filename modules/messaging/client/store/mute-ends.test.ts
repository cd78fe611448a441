/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeWorld } from '../../../../test/support/fake-world.ts'
import { Book, isMuted } from './book.ts'
import { MuteEnds } from './mute-ends.ts'
import { chatOf } from './sample.test.ts'

const HOUR_MS = 3_600_000

function mutedFor(spansMs: Readonly<Record<string, number | null>>) {
  const [world, book] = [new FakeWorld(), new Book('alice')]
  const mute = (id: string, spanMs: number | null): void => {
    const mutedUntil = spanMs === null ? null : new Date(world.now() + spanMs).toISOString()
    const { me } = chatOf(1)
    book.put([chatOf(1, { id, me: me && { ...me, mutedUntil } })])
  }
  for (const [id, spanMs] of Object.entries(spansMs)) mute(id, spanMs)
  void new MuteEnds(world, book)
  const heard: string[] = []
  book.watch(() => {
    const muted = book.all().filter((chat) => isMuted(chat, world.now()))
    heard.push(muted.map(({ id }) => id).join())
  })
  return { world, mute, heard }
}

test('the book tells when each silence ends, and nothing ticks any more after the last', () => {
  const { world, heard } = mutedFor({ a: 2 * HOUR_MS, b: HOUR_MS, c: null })
  world.pass(HOUR_MS - 1)
  assert.deepEqual(heard, [])
  world.pass(1)
  assert.deepEqual(heard, ['a'])
  world.pass(HOUR_MS)
  assert.deepEqual(heard, ['a', ''])
  world.pass(1_000 * HOUR_MS)
  assert.equal(heard.length, 2)
})

test('a silence that is ended by hand is not told of again, a new one is', () => {
  const { world, mute, heard } = mutedFor({ a: HOUR_MS })
  mute('a', null)
  world.pass(2 * HOUR_MS)
  assert.deepEqual(heard, [''])
  mute('a', HOUR_MS)
  world.pass(HOUR_MS)
  assert.deepEqual(heard, ['', 'a', ''])
})

test('what is longer than a timer can wait ends in time, and what has no end draws nothing', () => {
  const { world, heard } = mutedFor({ a: 24 * 40 * HOUR_MS, b: 24 * 400 * HOUR_MS })
  world.pass(24 * 40 * HOUR_MS - 1)
  assert.deepEqual(heard, [])
  world.pass(1)
  assert.deepEqual(heard, ['b'])
})
