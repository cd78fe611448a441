import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NewsQuestion, type NewsWorld } from './news.ts'

const DAY_MS = 24 * 3_600_000

function worldOf(permission: NotificationPermission | undefined, answer = permission) {
  const state = { now: 100 * DAY_MS, kept: null as string | null, asked: 0, subscribed: 0 }
  const world: NewsWorld = {
    permission: () => permission,
    ask: async () => {
      state.asked++
      return answer ?? 'denied'
    },
    subscribe: () => void state.subscribed++,
    now: () => state.now,
    remembered: () => state.kept,
    remember: (value) => void (state.kept = value),
  }
  return { state, question: new NewsQuestion(world) }
}

test('nobody is asked before there is news, nor who has decided already', () => {
  assert.equal(worldOf('default').question.isOpen, false)
  for (const decided of ['granted', 'denied', undefined] as const) {
    const { question } = worldOf(decided)
    question.heard()
    assert.equal(question.isOpen, false, String(decided))
  }
})

test('the browser is asked by a press alone, and an answer ends the question', async () => {
  const { state, question } = worldOf('default', 'granted')
  question.heard()
  assert.equal(question.isOpen, true)
  assert.equal(state.asked, 0)
  await question.allow()
  assert.deepEqual([state.asked, state.subscribed], [1, 1])
  assert.equal(question.isOpen, false)
})

test('who does not want to now is left in peace for a month', async () => {
  const { state, question } = worldOf('default', 'default')
  question.heard()
  question.later()
  assert.equal(question.isOpen, false)
  state.now += 29 * DAY_MS
  question.heard()
  assert.equal(question.isOpen, false)
  state.now += 2 * DAY_MS
  question.heard()
  assert.equal(question.isOpen, true)
  await question.allow()
  question.heard()
  assert.equal(question.isOpen, false)
  assert.equal(state.subscribed, 0)
})
