/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../protocol/dto.ts'
import { History, type Page, type PageQuestion } from './history.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { messageOf } from './sample.test.ts'
import { MAX_SHOWN, Timeline } from './timeline.ts'

/** A station with a chat of so many messages; some were deleted for this person. */
class FakeChat {
  readonly shelves = new MemoryShelves()
  readonly asked: PageQuestion[] = []
  lastSeq: number
  isAway = false
  readonly #hidden: Set<number>

  constructor(lastSeq: number, hidden: readonly number[] = []) {
    this.lastSeq = lastSeq
    this.#hidden = new Set(hidden)
  }

  open(): Promise<History> {
    return History.open({
      chat: 'c',
      shelves: this.shelves,
      fetch: async (question) => {
        this.asked.push(question)
        if (this.isAway) throw new Error('no network')
        return this.page(question)
      },
      lastSeq: () => this.lastSeq,
      met: () => [],
      isShelfVoid: () => false,
    })
  }

  hide(seq: number): void {
    this.#hidden.add(seq)
  }

  page(question: PageQuestion): Page {
    const { limit } = question
    const half = Math.floor(limit / 2)
    const from =
      'before' in question
        ? Math.max(1, question.before - limit)
        : 'after' in question
          ? question.after + 1
          : Math.max(1, question.around - half)
    const to = 'before' in question ? question.before - 1 : Math.min(this.lastSeq, from + limit - 1)
    const items: Message[] = []
    for (let seq = from; seq <= to; seq++) if (!this.#hidden.has(seq)) items.push(messageOf(seq))
    return { items, people: [], hasBefore: from > 1, hasAfter: to < this.lastSeq }
  }
}

const seqs = (items: readonly Message[]): number[] => items.map(({ seq }) => seq)

test('a page is fetched once, also after the browser was closed', async () => {
  const chat = new FakeChat(500)
  const history = await chat.open()
  await history.before(501, 50)
  await history.before(451, 50)
  assert.equal(chat.asked.length, 2)
  assert.equal(history.between({ from: 401, to: 500 }).length, 100)
  await history.before(501, 50)
  assert.equal(chat.asked.length, 2)

  const later = await chat.open()
  const stretch = await later.before(501, 50)
  assert.deepEqual(stretch, { from: 451, to: 500 })
  assert.equal(later.between(stretch).length, 50)
  assert.equal(chat.asked.length, 2)
})

test('two who ask for the same page at once get one answer', async () => {
  const chat = new FakeChat(100)
  const history = await chat.open()
  await Promise.all([history.before(101, 50), history.before(101, 50)])
  assert.equal(chat.asked.length, 1)
})

test('a page that was on its way when everything was forgotten is asked for again', async () => {
  const chat = new FakeChat(100)
  const history = await chat.open()
  const asking = history.before(101, 50)
  history.forget()
  await asking
  assert.equal(chat.asked.length, 2)
  await history.before(101, 50)
  assert.equal(chat.asked.length, 2)
})

test('what is shown of a void history stays, and is fetched anew', async () => {
  const chat = new FakeChat(200)
  const history = await chat.open()
  const timeline = new Timeline(history)
  await timeline.open(0)
  await timeline.extendBefore()
  const shown = seqs(timeline.items)
  timeline.hold()
  history.forget()
  assert.deepEqual(seqs(timeline.items), shown)

  await timeline.extendBefore()
  const further = seqs(timeline.items)
  assert.deepEqual(further.slice(-shown.length), shown)
  assert.ok(further.length > shown.length, 'one reads on')

  chat.isAway = true
  assert.equal(await timeline.renew(), false)
  assert.deepEqual(seqs(timeline.items), further)
  chat.isAway = false
  chat.hide(199)
  assert.equal(await timeline.retry(), true)
  assert.deepEqual(
    seqs(timeline.items),
    further.filter((seq) => seq !== 199),
  )
  history.forget()
  assert.deepEqual(timeline.items, [])
})

test('a history that becomes void while it is fetched anew is held until it is known', async () => {
  const chat = new FakeChat(200)
  const history = await chat.open()
  const timeline = new Timeline(history)
  await timeline.open(0)
  const shown = seqs(timeline.items)
  timeline.hold()
  history.forget()
  const renewing = timeline.renew()
  timeline.hold()
  history.forget()
  await renewing
  history.forget()
  assert.deepEqual(seqs(timeline.items), shown)
})

test('of a chat that has fewer messages than before the newest are shown', async () => {
  const chat = new FakeChat(500)
  const history = await chat.open()
  const timeline = new Timeline(history)
  await timeline.open(400)
  timeline.hold()
  history.forget()
  chat.lastSeq = 100
  await timeline.renew()
  assert.equal(timeline.items.at(-1)?.seq, 100)
  assert.equal(timeline.isAtNewest, true)
})

test('what the browser cannot read is fetched as if it were not kept', async () => {
  const chat = new FakeChat(100)
  await (await chat.open()).before(101, 50)
  for (const shelf of ['get', 'messages'] as const) {
    const asked = chat.asked.length
    chat.shelves[shelf] = () => Promise.reject(new Error('cannot be read'))
    const history = await chat.open()
    assert.equal(await history.find(80), undefined)
    const stretch = await history.before(101, 50)
    assert.equal(history.between(stretch).length, 50)
    assert.equal(chat.asked.length, asked + 1)
  }
})

test('numbers nobody may see are no gap', async () => {
  const chat = new FakeChat(60, [1, 2, 3, 30, 31])
  const history = await chat.open()
  await history.before(61, 100)
  assert.equal(chat.asked.length, 1)
  await history.before(31, 20)
  await history.before(4, 20)
  assert.equal(chat.asked.length, 1)
})

test('a message that comes while the chat is not open leaves what is before it unknown', async () => {
  const chat = new FakeChat(100)
  const history = await chat.open()
  await history.before(101, 20)
  chat.lastSeq = 140
  await chat.shelves.write(history.put(messageOf(140)))
  await history.before(140, 20)
  assert.deepEqual(chat.asked.at(-1), { before: 140, limit: 20 })
})

test('a newer version replaces an older one, never the other way round', async () => {
  const history = await new FakeChat(5).open()
  history.put(messageOf(3, { ver: 2, text: 'new' }))
  history.put(messageOf(3, { ver: 1, text: 'old' }))
  assert.equal(history.loaded(3)?.text, 'new')
})

test('the window opens around a number and grows at both ends', async () => {
  const history = await new FakeChat(10_000).open()
  const timeline = new Timeline(history)
  await timeline.open(4_000)
  assert.equal(timeline.has(4_000), true)
  const before = timeline.items.length
  await timeline.extendBefore()
  await timeline.extendAfter()
  assert.ok(timeline.items.length > before)
  const numbers = seqs(timeline.items)
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_each, index) => (numbers[0] ?? 0) + index),
  )
})

test('however far one scrolls, the window stays small', async () => {
  const chat = new FakeChat(10_000)
  const timeline = new Timeline(await chat.open())
  await timeline.open(4_000)
  for (let step = 0; step < 60; step++) await timeline.extendBefore()
  assert.ok(timeline.items.length <= MAX_SHOWN)
  const fetched = chat.asked.length
  for (let step = 0; step < 50; step++) await timeline.extendAfter()
  assert.ok(timeline.items.length <= MAX_SHOWN)
  assert.equal(chat.asked.length, fetched, 'what was seen is not fetched again')
})

test('a window at the newest message grows with the chat, another one does not', async () => {
  const chat = new FakeChat(300)
  const history = await chat.open()
  const timeline = new Timeline(history)
  await timeline.open(0)
  assert.equal(timeline.isAtNewest, true)
  chat.lastSeq = 301
  history.put(messageOf(301))
  assert.equal(timeline.items.at(-1)?.seq, 301)

  await timeline.open(50)
  assert.equal(timeline.isAtNewest, false)
  const last = timeline.items.at(-1)?.seq
  chat.lastSeq = 302
  history.put(messageOf(302))
  assert.equal(timeline.items.at(-1)?.seq, last)
})

test('a message that comes while a page is on its way is in the window', async () => {
  const chat = new FakeChat(30)
  const history = await chat.open()
  const timeline = new Timeline(history)
  const opening = timeline.open(0)
  chat.lastSeq = 31
  history.put(messageOf(31))
  await opening
  assert.equal(timeline.items.at(-1)?.seq, 31)
  assert.equal(timeline.isAtNewest, true)
  chat.lastSeq = 32
  history.put(messageOf(32))
  assert.equal(timeline.items.at(-1)?.seq, 32)
})

test('what was deleted is not shown', async () => {
  const history = await new FakeChat(20).open()
  const timeline = new Timeline(history)
  await timeline.open(0)
  await history.change(15, (message) => ({ ...message, deleted: true }))
  assert.equal(seqs(timeline.items).includes(15), false)
})

test('a page that cannot be fetched is told, and asked for again', async () => {
  const chat = new FakeChat(100)
  let isDown = true
  const history = await History.open({
    chat: 'c',
    shelves: chat.shelves,
    fetch: async (question) => {
      if (isDown) throw new Error('no network')
      return chat.page(question)
    },
    lastSeq: () => 100,
    met: () => [],
    isShelfVoid: () => false,
  })
  const timeline = new Timeline(history)
  await timeline.open(0)
  assert.equal(timeline.failed?.message, 'no network')
  isDown = false
  await timeline.open(0)
  assert.equal(timeline.failed, undefined)
  assert.equal(timeline.items.at(-1)?.seq, 100)
})

test('a page that comes after one has gone elsewhere moves nothing', async () => {
  const timeline = new Timeline(await new FakeChat(10_000).open())
  await timeline.open(4_000)
  const late = timeline.extendBefore()
  const [isElsewhere, isLate] = await Promise.all([timeline.open(9_000), late])
  assert.deepEqual([isElsewhere, isLate], [true, false])
  assert.equal(timeline.has(9_000), true)
  assert.equal(timeline.has(4_000), false)
  assert.equal(timeline.isBusy, false)
})

test('a page that could not be fetched is asked for again when somebody says so', async () => {
  const chat = new FakeChat(200)
  const timeline = new Timeline(await chat.open())
  await timeline.open(100)
  const shown = timeline.items.at(-1)?.seq ?? 0
  chat.isAway = true
  assert.equal(await timeline.extendAfter(), false)
  assert.ok(timeline.failed)
  assert.equal(timeline.items.at(-1)?.seq, shown)
  chat.isAway = false
  assert.equal(await timeline.retry(), true)
  assert.equal(timeline.failed, undefined)
  assert.ok((timeline.items.at(-1)?.seq ?? 0) > shown)
  assert.equal(await timeline.retry(), false)
})
