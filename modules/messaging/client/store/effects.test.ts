/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Told } from '#client'
import type { ChatEvent, Message } from '../protocol/dto.ts'
import { Book } from './book.ts'
import { Effects } from './effects.ts'
import { Histories } from './histories.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { chatOf, messageOf } from './sample.test.ts'

class FakeTab {
  readonly shelves: MemoryShelves
  readonly book = new Book('alice')
  readonly arrived: string[] = []
  readonly incoming: number[] = []
  readonly lost: unknown[] = []
  readonly histories: Histories
  readonly effects: Effects

  constructor(shelves = new MemoryShelves()) {
    this.shelves = shelves
    this.histories = new Histories({
      shelves,
      fetch: async () => ({ items: [], people: [], hasBefore: false, hasAfter: false }),
      lastSeq: (chat) => this.book.chat(chat)?.lastSeq ?? 0,
      met: () => [],
    })
    this.effects = new Effects({
      book: this.book,
      histories: this.histories,
      arrived: async (cid) => {
        this.arrived.push(cid)
        return []
      },
      incoming: (message) => void this.incoming.push(message.seq),
      drafted: async () => [],
      lost: (chat, seqs) => void this.lost.push([chat, seqs]),
    })
  }

  async tell(event: ChatEvent): Promise<void> {
    await this.shelves.write(await this.effects.of(event as unknown as Told))
  }

  get chat() {
    const chat = this.book.chat('c')
    assert.ok(chat)
    return chat
  }

  async message(seq: number): Promise<Message | undefined> {
    return (await this.histories.of('c')).find(seq)
  }
}

async function tabWith(lastSeq: number): Promise<FakeTab> {
  const tab = new FakeTab()
  await tab.tell({ k: 'chat.upsert', chat: chatOf(lastSeq) })
  return tab
}

const mine = (unread: number, readSeq: number) => ({ unread, mentions: 0, readSeq })

test('the first message of a chat one has just got is news, once', async () => {
  const tab = await tabWith(1)
  const first = { k: 'msg.new', chat: 'c', ev: 1, m: messageOf(1) } as const
  await tab.tell(first)
  await tab.tell(first)
  assert.deepEqual(tab.incoming, [1])
})

test('a new message is kept, counted and heard of; hearing it twice changes nothing', async () => {
  const tab = await tabWith(4)
  const event: ChatEvent = { k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5), me: mine(1, 4) }
  await tab.tell(event)
  await tab.tell(event)
  assert.equal(tab.chat.lastSeq, 5)
  assert.equal(tab.chat.me?.unread, 1)
  assert.equal(tab.chat.last?.seq, 5)
  assert.equal((await tab.message(5))?.text, 'text 5')
  assert.deepEqual(tab.incoming, [5])
})

test('what another device has cleared is shown no more', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5), me: mine(1, 4) })
  const { me } = tab.chat
  assert.ok(me)
  await tab.tell({ k: 'chat.upsert', chat: { ...chatOf(5), me: { ...me, clearedSeq: 5 } } })
  assert.equal(await tab.message(5), undefined)
})

test('what was kept from who came later is asked for once they may see it', async () => {
  const tab = await tabWith(4)
  const { me } = tab.chat
  assert.ok(me)
  await tab.tell({ k: 'chat.upsert', chat: { ...chatOf(4), me: { ...me, clearedSeq: 3 } } })
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5), me: mine(1, 4) })
  assert.ok(await tab.message(5))
  await tab.tell({ k: 'chat.upsert', chat: { ...chatOf(5), me: { ...me, clearedSeq: 0 } } })
  assert.equal(await tab.message(5), undefined)
})

test('a pinned message that was cleared here is not shown as pinned', async () => {
  const tab = await tabWith(4)
  const { me } = tab.chat
  assert.ok(me)
  await tab.tell({ k: 'chat.upsert', chat: { ...chatOf(4), me: { ...me, clearedSeq: 3 } } })
  await tab.tell({ k: 'msg.pin', chat: 'c', ev: 3, pinnedSeqs: [4, 2] })
  assert.deepEqual(tab.chat.pinnedSeqs, [4])
})

test('a pinned message that one hides from oneself is pinned no more here', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.pin', chat: 'c', ev: 3, pinnedSeqs: [4, 2] })
  await tab.tell({ k: 'msg.del', chat: 'c', seqs: [4] })
  assert.deepEqual(tab.chat.pinnedSeqs, [2])
})

test("one's own message from here or elsewhere leaves the queue and is not news", async () => {
  const tab = await tabWith(4)
  const m = messageOf(5, { sender: 'alice', cid: 'mine' })
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m, me: mine(0, 5) })
  assert.deepEqual(tab.arrived, ['mine'])
  assert.deepEqual(tab.incoming, [])
})

test('reading never goes backwards, whatever comes late', async () => {
  const tab = await tabWith(30)
  await tab.tell({ k: 'read', chat: 'c', user: 'alice', seq: 25, me: mine(5, 25) })
  await tab.tell({ k: 'read', chat: 'c', user: 'alice', seq: 20, me: mine(10, 20) })
  assert.equal(tab.chat.me?.readSeq, 30)
  const other = await tabWith(30)
  await other.tell({ k: 'read', chat: 'c', user: 'bob', seq: 25 })
  await other.tell({ k: 'read', chat: 'c', user: 'carol', seq: 20 })
  assert.equal(other.chat.othersReadSeq, 25)
})

test('a chat that was marked unread is so no longer once it is read or answered elsewhere', async () => {
  const read = { k: 'read', chat: 'c', user: 'alice', seq: 4, me: mine(0, 4) } as const
  const m = messageOf(5, { sender: 'alice' })
  const said = { k: 'msg.new', chat: 'c', ev: 2, m, me: mine(0, 5) } as const
  for (const event of [read, said]) {
    const tab = await tabWith(4)
    const { me } = tab.chat
    assert.ok(me)
    await tab.tell({ k: 'chat.upsert', chat: { ...tab.chat, me: { ...me, markedUnread: true } } })
    /* What ends a stretch that was missed in a large chat is no reading. */
    await tab.tell({ ...read, ev: 1 })
    await tab.tell({ ...read, user: 'bob' })
    await tab.tell({ ...said, m: { ...m, seq: 4 }, me: null })
    assert.equal(tab.chat.me?.markedUnread, true)
    await tab.tell(event)
    assert.equal(tab.chat.me?.markedUnread, false)
  }
})

test('a message from before one cleared the chat elsewhere may come late, and is not shown', async () => {
  const tab = await tabWith(4)
  const { me } = tab.chat
  assert.ok(me)
  await tab.tell({ k: 'chat.upsert', chat: { ...chatOf(5), me: { ...me, clearedSeq: 5 } } })
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5) })
  assert.equal(await tab.message(5), undefined)
  assert.equal(tab.chat.last, null)
  assert.deepEqual(tab.incoming, [])
})

test('whoever writes has read what stands before', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5, { sender: 'alice' }) })
  assert.equal(tab.chat.othersReadSeq, 0)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 3, m: messageOf(6, { kind: 'service' }) })
  assert.equal(tab.chat.othersReadSeq, 0)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 4, m: messageOf(7) })
  assert.equal(tab.chat.othersReadSeq, 7)
})

test('what everybody is told of a chat leaves alone what one has of it oneself', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5), me: mine(1, 4) })
  await tab.tell({ k: 'msg.pin', chat: 'c', ev: 3, pinnedSeqs: [5] })
  const { me, last, pinnedSeqs, othersReadSeq } = tab.chat
  const shared = { ...chatOf(5), title: 'Ice', me: null, last: null, othersReadSeq: 0 }
  await tab.tell({ k: 'chat.upsert', chat: shared, ev: 4 })
  assert.deepEqual(tab.chat, { ...shared, ev: 4, me, last, pinnedSeqs, othersReadSeq })
})

test('edits, reactions and deletions reach what is on the shelf only', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5), me: mine(1, 4) })
  const later = new FakeTab(tab.shelves)
  await later.book.load(tab.shelves)
  await later.tell({ k: 'msg.edit', chat: 'c', ev: 3, m: messageOf(5, { ver: 2, text: 'new' }) })
  assert.equal((await later.message(5))?.text, 'new')
  assert.equal(later.chat.last?.text, 'new')
  const reactions = [{ emoji: '🔥', count: 2 }]
  await later.tell({
    k: 'msg.react',
    chat: 'c',
    ev: 4,
    seq: 5,
    reactions,
    user: 'alice',
    emoji: '🔥',
  })
  assert.deepEqual((await later.message(5))?.reactions, [{ emoji: '🔥', count: 2, mine: true }])
  await later.tell({ k: 'msg.del', chat: 'c', ev: 5, seqs: [5], me: mine(0, 4) })
  assert.equal((await later.message(5))?.deleted, true)
  assert.equal((await later.message(5))?.text, '')
  assert.equal(later.chat.last, null)
})

test("somebody else's reaction leaves one's own as it was", async () => {
  const tab = await tabWith(4)
  const m = messageOf(5, { reactions: [{ emoji: '❤️', count: 1, mine: true }] })
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m, me: mine(1, 4) })
  const reactions = [
    { emoji: '❤️', count: 1 },
    { emoji: '🔥', count: 1 },
  ]
  await tab.tell({ k: 'msg.react', chat: 'c', ev: 3, seq: 5, reactions, user: 'bob', emoji: '🔥' })
  assert.deepEqual(
    (await tab.message(5))?.reactions.map(({ mine: isMine }) => isMine),
    [true, false],
  )
})

test('the message before the deleted last one is shown in the list', async () => {
  const tab = await tabWith(3)
  for (const seq of [4, 5]) {
    await tab.tell({ k: 'msg.new', chat: 'c', ev: seq, m: messageOf(seq), me: mine(1, 3) })
  }
  await tab.tell({ k: 'msg.del', chat: 'c', ev: 9, seqs: [5], me: mine(1, 3) })
  assert.equal(tab.chat.last?.seq, 4)
})

test('a chat one was removed from takes its messages with it, and says why it is gone', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 2, m: messageOf(5), me: mine(1, 4) })
  await tab.tell({ k: 'chat.gone', chat: 'c', reason: 'removed' })
  assert.equal(tab.book.chat('c'), undefined)
  assert.equal(tab.book.goneBecause('c'), 'removed')
  assert.deepEqual(await tab.shelves.messages('c', 0, 100), [])
})

test('what a later version of the station tells is passed over', async () => {
  const tab = await tabWith(4)
  assert.deepEqual(await tab.effects.of({ k: 'void' }), [])
  assert.deepEqual(await tab.effects.of({ k: 'poll.closed' }), [])
})

test('in a large chat, where nobody is told their own numbers, they are counted', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'chat.upsert', chat: { ...tab.chat, large: true } })
  const unread = tab.chat.me?.unread ?? 0
  const mentions = tab.chat.me?.mentions ?? 0
  const called = { entities: [{ type: 'mention', offset: 0, length: 6, userId: 'alice' }] } as const
  const counts = () => [
    (tab.chat.me?.unread ?? 0) - unread,
    (tab.chat.me?.mentions ?? 0) - mentions,
  ]
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 12, m: messageOf(5, called) })
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 13, m: messageOf(6) })
  assert.deepEqual(counts(), [2, 1])
  await tab.tell({ k: 'msg.edit', chat: 'c', ev: 14, m: messageOf(5, { ver: 2 }) })
  await tab.tell({ k: 'msg.edit', chat: 'c', ev: 15, m: messageOf(6, { ...called, ver: 2 }) })
  assert.deepEqual(counts(), [2, 1])
  await tab.tell({ k: 'msg.del', chat: 'c', ev: 16, seqs: [6] })
  assert.deepEqual(counts(), [1, 0])
  await tab.tell({ k: 'msg.del', chat: 'c', ev: 17, seqs: [5] })
  assert.deepEqual(counts(), [0, 0])
  await tab.tell({ k: 'msg.edit', chat: 'c', ev: 17, m: messageOf(5, { ...called, ver: 3 }) })
  assert.deepEqual(counts(), [0, 0], 'gone from the own view')
  const service = { what: 'title', users: [], text: 'Boat' } as const
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 18, m: messageOf(7, { kind: 'service', service }) })
  assert.deepEqual(counts(), [0, 0])
  const reply = { seq: 1, sender: 'alice', text: 'mine', quote: null }
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 19, m: messageOf(8, { reply }) })
  assert.deepEqual(counts(), [1, 1])
  const forward = { name: 'Bob', userId: 'bob', chat: null, seq: null, date: messageOf(1).date }
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 20, m: messageOf(9, { ...called, forward }) })
  assert.deepEqual(counts(), [2, 1])
  await tab.tell({ k: 'read', chat: 'c', user: 'alice', seq: 9, me: mine(0, 9) })
  assert.deepEqual(tab.chat.me?.unread, 0)
})

test('an edit that calls somebody says how often they are called now', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.new', chat: 'c', ev: 12, m: messageOf(5), me: mine(1, 4) })
  const me = { ...mine(1, 4), mentions: 1 }
  await tab.tell({ k: 'msg.edit', chat: 'c', ev: 13, m: messageOf(5, { ver: 2 }), me })
  assert.equal(tab.chat.me?.mentions, 1)
})

test('whoever is changing a message hears that it is no more, or none of its chat', async () => {
  const tab = await tabWith(4)
  await tab.tell({ k: 'msg.del', chat: 'c', seqs: [2, 3] })
  await tab.tell({ k: 'chat.gone', chat: 'c', reason: 'left' })
  assert.deepEqual(tab.lost, [
    ['c', [2, 3]],
    ['c', undefined],
  ])
})
