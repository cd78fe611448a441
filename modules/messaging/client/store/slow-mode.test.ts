/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '#client'
import { FakeWorld } from '../../../../test/support/fake-world.ts'
import type { Chat, Message } from '../protocol/dto.ts'
import { Book } from './book.ts'
import { chatOf, messageOf } from './sample.test.ts'
import { SlowMode } from './slow-mode.ts'

function slowIn(more: Partial<Chat> = {}) {
  const [world, book] = [new FakeWorld(), new Book('alice')]
  book.put([chatOf(1, { slowModeS: 30, ...more })])
  const slow = new SlowMode(world, book)
  let draws = 0
  slow.watch(() => draws++)
  return { world, book, slow, draws: () => draws }
}

test('after a message the seconds are counted down, and nothing ticks any more at the end', async () => {
  const { world, slow, draws } = slowIn()
  assert.equal(slow.secondsLeft('c'), 0)
  assert.equal(await slow.during('c', Promise.resolve('sent')), 'sent')
  assert.equal(slow.secondsLeft('c'), 30)
  world.pass(1_000)
  assert.equal(slow.secondsLeft('c'), 29)
  world.pass(28_500)
  assert.equal(slow.secondsLeft('c'), 1)
  world.pass(500)
  assert.equal(slow.secondsLeft('c'), 0)
  const before = draws()
  world.pass(10_000)
  assert.equal(draws(), before)
})

function refuse(code: string): Promise<never> {
  return Promise.reject(
    new Refused({ code, status: 429, detail: '', final: false, retry_ms: 7_000 }),
  )
}

test('a refusal says how long it is; others say nothing', async () => {
  const { slow } = slowIn()
  await assert.rejects(slow.during('c', refuse('QL_RATE_LIMIT')), Refused)
  assert.equal(slow.secondsLeft('c'), 0)
  await assert.rejects(slow.during('c', refuse('QL_MSG_SLOW_MODE')), Refused)
  assert.equal(slow.secondsLeft('c'), 7)
})

test('who keeps the group does not wait, nor anybody once slow mode is off or shorter', async () => {
  const { world, book, slow } = slowIn()
  await slow.during('c', Promise.resolve())
  const chat = book.chat('c')
  assert.ok(chat?.me)
  book.put([{ ...chat, slowModeS: 10 }])
  assert.equal(slow.secondsLeft('c'), 10)
  world.pass(10_000)
  assert.equal(slow.secondsLeft('c'), 0, 'the shorter time is over')
  await slow.during('c', Promise.resolve())
  assert.equal(slow.secondsLeft('c'), 10)
  book.put([{ ...chat, slowModeS: 0 }])
  assert.equal(slow.secondsLeft('c'), 0)
  book.put([{ ...chat, me: { ...chat.me, role: 'admin' } }])
  assert.equal(slow.secondsLeft('c'), 0)
})

test('a message from another tab or device holds one up for what is left; others do not', async () => {
  const { world, slow } = slowIn()
  const said = (more: Partial<Message>) => ({
    k: 'msg.new',
    chat: 'c',
    ev: 2,
    m: {
      ...messageOf(2),
      sender: 'alice',
      date: new Date(world.now() - 10_000).toISOString(),
      ...more,
    },
  })
  slow.hear([said({ sender: 'bob' }), said({ kind: 'service' }), { ...said({}), k: 'msg.edit' }])
  assert.equal(slow.secondsLeft('c'), 0)
  slow.hear([said({})])
  assert.equal(slow.secondsLeft('c'), 20)
  slow.hear([said({ date: new Date(world.now() - 25_000).toISOString() })])
  assert.equal(slow.secondsLeft('c'), 20)
  slow.hear([said({ date: new Date(world.now() + 600_000).toISOString() })])
  assert.equal(slow.secondsLeft('c'), 30)
  world.pass(30_000)
  assert.equal(slow.secondsLeft('c'), 0)
})
