/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Chat } from '../protocol/dto.ts'
import { enter, type Entrance } from './entrance.ts'
import { Histories } from './histories.ts'
import type { PageQuestion } from './history.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { Places } from './places.ts'
import { chatOf, messageOf } from './sample.test.ts'
import { Timeline } from './timeline.ts'

const LAST = 300
const UNREAD: Chat = chatOf(LAST, {
  me: { ...mineOf(chatOf(LAST)), readSeq: 250, unread: 50 },
})

function mineOf({ me }: Chat): NonNullable<Chat['me']> {
  assert.ok(me)
  return me
}

/** A browser that was here before; each `open` is a new tab over what it has kept. */
class Browser {
  readonly shelves = new MemoryShelves()
  readonly asked: PageQuestion[] = []
  isBroken = false

  open(): { histories: Histories; places: Places } {
    const { shelves } = this
    const histories = new Histories({
      shelves: {
        get: (shelf, key) => shelves.get(shelf, key),
        all: (shelf) => shelves.all(shelf),
        write: (changes) => shelves.write(changes),
        messages: async (...range) => {
          if (this.isBroken) throw new Error('The browser could not read')
          return shelves.messages(...range)
        },
      },
      lastSeq: () => LAST,
      met: () => [],
      fetch: async (_chat, question) => {
        this.asked.push(question)
        const around = 'around' in question ? question.around : LAST
        const from = Math.max(1, around - 25)
        const to = Math.min(LAST, around + 25)
        const items = Array.from({ length: to - from + 1 }, (_each, index) =>
          messageOf(from + index),
        )
        return { items, people: [], hasBefore: from > 1, hasAfter: to < LAST }
      },
    })
    return { histories, places: new Places(shelves) }
  }

  /** Somebody has looked at what is around this number. */
  async visit(seq: number): Promise<void> {
    const { histories } = this.open()
    await (await histories.of('c')).around(seq, 50)
    this.asked.length = 0
  }
}

function shown({ history, kept }: Entrance): number[] {
  assert.ok(kept)
  const timeline = new Timeline(history)
  timeline.openAt(kept)
  assert.equal(timeline.isOpen, true)
  assert.equal(timeline.isBusy, false)
  return timeline.items.map(({ seq }) => seq)
}

test('the newest messages that are kept stand there at once, and nobody is asked', async () => {
  const browser = new Browser()
  await browser.visit(LAST)
  const entrance = await enter(browser.open(), chatOf(LAST))
  const seqs = shown(entrance)
  assert.equal(seqs.at(-1), LAST)
  assert.equal(seqs.length, 26)
  assert.deepEqual(browser.asked, [])
})

test('a chat of which nothing is kept is left to whoever draws it', async () => {
  const browser = new Browser()
  const entrance = await enter(browser.open(), chatOf(LAST))
  assert.equal(entrance.kept, undefined)
  assert.deepEqual(browser.asked, [])
})

test('what is kept elsewhere in the chat is not taken for what one comes for', async () => {
  const browser = new Browser()
  await browser.visit(40)
  assert.equal((await enter(browser.open(), chatOf(LAST))).kept, undefined)
})

test('one comes to the wanted message, else to where one stopped, else to what is unread', async () => {
  const browser = new Browser()
  for (const seq of [40, 120, 251]) await browser.visit(seq)
  const unread = await enter(browser.open(), UNREAD)
  assert.equal(unread.unreadFrom, 251)
  assert.equal(unread.unread, 50)
  assert.ok(shown(unread).includes(251))

  browser.open().places.keep('c', { seq: 120, offset: 8 })
  const stopped = await enter(browser.open(), UNREAD)
  assert.deepEqual(stopped.place, { seq: 120, offset: 8 })
  assert.ok(shown(stopped).includes(120))

  const wanted = await enter(browser.open(), UNREAD, 40)
  assert.equal(wanted.place, undefined)
  assert.ok(shown(wanted).includes(40))
  assert.deepEqual(browser.asked, [])
})

test('a browser that cannot read its messages leaves it to whoever draws them', async () => {
  const browser = new Browser()
  await browser.visit(LAST)
  browser.isBroken = true
  assert.equal((await enter(browser.open(), chatOf(LAST))).kept, undefined)
})

test('what comes while one enters is shown as well', async () => {
  const browser = new Browser()
  await browser.visit(LAST)
  const tab = browser.open()
  const entrance = await enter(tab, chatOf(LAST))
  entrance.history.put(messageOf(LAST, { ver: 2, text: 'changed' }))
  const timeline = new Timeline(entrance.history)
  assert.ok(entrance.kept)
  timeline.openAt(entrance.kept)
  assert.equal(timeline.items.at(-1)?.text, 'changed')
})

test('a window nobody looks at follows nothing any more', async () => {
  const browser = new Browser()
  await browser.visit(LAST)
  const { history, kept } = await enter(browser.open(), chatOf(LAST))
  assert.ok(kept)
  const timeline = new Timeline(history)
  timeline.openAt(kept)
  timeline.stop()
  const before = timeline.version
  history.put(messageOf(LAST, { ver: 2 }))
  assert.equal(timeline.version, before)
})

test('a place that was kept while the shelf was read is the newer one', async () => {
  const { places } = new Browser().open()
  const reading = places.of('c')
  places.keep('c', { seq: 7, offset: 0 })
  assert.deepEqual(await reading, { seq: 7, offset: 0 })
  places.keep('c', undefined)
  assert.equal(await places.of('c'), undefined)
})
