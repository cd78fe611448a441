/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused, Unanswered } from '#client'
import type { Message } from '../protocol/dto.ts'
import { newCid } from './cid.ts'
import { FakeWorld, settled } from '../../../../test/support/fake-world.ts'
import { MemoryShelves } from './memory-shelves.ts'
import { type Outgoing, Outbox } from './outbox.ts'
import { messageOf } from './sample.test.ts'

type Fate = 'arrive' | 'vanish' | 'hang' | Error

const NEVER = {
  code: 'QL_MSG_NOT_FOUND',
  status: 404,
  detail: 'There is no such chat',
  final: true,
}

/** A station that takes messages, and a browser that keeps them. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new Unanswered('cut'))),
  )
}

class FakeStation {
  readonly world = new FakeWorld()
  readonly shelves: MemoryShelves
  /** What it was sent, in order, repeats included. */
  readonly heard: string[] = []
  /** Which message each was to answer. */
  readonly answered: (number | undefined)[] = []
  /** What it keeps: one message for one number. */
  readonly kept = new Map<string, Message>()
  readonly edits: string[] = []
  readonly takenBack: string[] = []
  readonly uploads: string[] = []
  /** Files that never arrive by themselves. */
  slow = ''
  fates: Fate[] = []
  isSender = true
  atOnce = 0
  mostAtOnce = 0
  readonly outbox: Outbox

  constructor(shelves = new MemoryShelves()) {
    this.shelves = shelves
    this.outbox = new Outbox({
      world: this.world,
      shelves,
      isSender: () => this.isSender,
      send: (item) => this.#take(item),
      upload: async (_item, file, { progress, signal }) => {
        progress(0.5)
        this.uploads.push(file.name)
        if (file.name === this.slow) await aborted(signal)
        return `media-${file.name}`
      },
      edit: async (m, text) => void this.edits.push(`${m.cid}: ${text}`),
      takeBack: async (m) => void this.takenBack.push(m.cid),
      sent: async () => undefined,
      tell: () => undefined,
    })
  }

  async #take(item: Outgoing): Promise<{ m: Message }> {
    this.answered.push(item.reply?.seq)
    this.atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce)
    try {
      const fate = this.fates.shift() ?? 'arrive'
      await settledOnce()
      if (fate === 'hang') return await new Promise(() => undefined)
      if (fate instanceof Error) throw fate
      this.heard.push(item.text)
      const m =
        this.kept.get(item.cid) ?? messageOf(this.kept.size + 1, { cid: item.cid, text: item.text })
      this.kept.set(item.cid, m)
      if (fate === 'vanish') throw new Unanswered('The answer was lost')
      return { m }
    } finally {
      this.atOnce -= 1
    }
  }

  async write(text: string, more: Partial<Outgoing> = {}): Promise<string> {
    const cid = newCid(this.world.now())
    this.world.pass(1)
    const item: Outgoing = {
      cid,
      chat: 'c',
      at: '2026-06-14T12:00:00.000Z',
      text,
      files: [],
      reply: null,
      state: 'waiting',
      wasTried: false,
      ...more,
    }
    await this.outbox.add(item)
    await settled()
    return cid
  }

  async pass(ms: number): Promise<void> {
    this.world.pass(ms)
    await settled()
  }
}

async function settledOnce(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve()
}

test('messages of one chat go one at a time and in order, chats side by side', async () => {
  const station = new FakeStation()
  station.isSender = false
  for (const text of ['1', '2', '3']) await station.write(text)
  await station.write('other', { chat: 'd' })
  station.isSender = true
  station.outbox.flush()
  await settled()
  await settled()
  assert.deepEqual(
    station.heard.filter((text) => text !== 'other'),
    ['1', '2', '3'],
  )
  assert.equal(station.mostAtOnce, 2)
  assert.equal(station.outbox.size, 0)
})

test('an answer that got lost makes no second message: the same number goes again', async () => {
  const station = new FakeStation()
  station.fates = ['vanish', 'vanish']
  await station.write('once')
  await station.pass(1_000)
  await station.pass(2_000)
  assert.deepEqual(station.heard, ['once', 'once', 'once'])
  assert.equal(station.kept.size, 1)
  assert.equal(station.outbox.size, 0)
})

test('a later message does not overtake one that could not be sent yet', async () => {
  const station = new FakeStation()
  station.fates = [new Unanswered('no network')]
  await station.write('first')
  await station.write('second')
  assert.deepEqual(station.heard, [])
  await station.pass(1_000)
  await settled()
  assert.deepEqual(station.heard, ['first', 'second'])
})

test('the queue survives the closing of the browser', async () => {
  const station = new FakeStation()
  station.fates = [new Unanswered('no network'), new Unanswered('no network')]
  await station.write('kept')
  const later = new FakeStation(station.shelves)
  await later.outbox.load()
  await settled()
  assert.deepEqual(later.heard, ['kept'])
  assert.deepEqual(await later.shelves.all('outbox'), [])
})

test('a message that is refused for ever stays with its reason and holds up nobody', async () => {
  const station = new FakeStation()
  station.fates = [new Refused(NEVER)]
  const cid = await station.write('refused')
  await station.write('fine')
  const [failed] = station.outbox.of('c')
  assert.equal(failed?.cid, cid)
  assert.equal(failed?.state, 'failed')
  assert.equal(failed?.reason, 'There is no such chat')
  assert.equal(failed?.code, NEVER.code)
  assert.deepEqual(station.heard, ['fine'])
  await station.outbox.retry(cid)
  await settled()
  assert.deepEqual(station.heard, ['fine', 'refused'])
})

test('an answer to what is not there any more goes without it when it is sent again', async () => {
  const station = new FakeStation()
  station.fates = [new Refused({ ...NEVER, code: 'QL_MSG_REPLY' })]
  const cid = await station.write('an answer', { reply: { seq: 3, sender: 'bob', text: 'gone' } })
  assert.equal(station.outbox.of('c')[0]?.state, 'failed')
  await station.outbox.retry(cid)
  await settled()
  assert.deepEqual(station.heard, ['an answer'])
  assert.deepEqual(station.answered, [3, undefined])
})

test('the station says when slow mode lets the next one through', async () => {
  const station = new FakeStation()
  const slow = { code: 'SLOW', status: 429, detail: 'Slow mode', final: false, retry_ms: 7_000 }
  station.fates = [new Refused(slow)]
  await station.write('slowly')
  await station.pass(6_999)
  assert.deepEqual(station.heard, [])
  await station.pass(1)
  assert.deepEqual(station.heard, ['slowly'])
})

test('a queued message is changed and taken out while nobody has seen it', async () => {
  const station = new FakeStation()
  station.isSender = false
  const first = await station.write('frist')
  const second = await station.write('second')
  await station.outbox.edit(first, 'first')
  await station.outbox.remove(second)
  station.isSender = true
  station.outbox.flush()
  await settled()
  assert.deepEqual(station.heard, ['first'])
})

test('one that may have arrived goes with the same words, and is changed afterwards', async () => {
  const station = new FakeStation()
  station.fates = ['vanish']
  const cid = await station.write('frist')
  await station.outbox.edit(cid, 'first')
  await station.pass(1_000)
  assert.deepEqual(station.heard, ['frist', 'frist'])
  assert.deepEqual(station.edits, [`${cid}: first`])
  assert.equal(station.outbox.size, 0)
})

test('one that may have arrived is taken back as soon as that is known', async () => {
  const station = new FakeStation()
  station.fates = ['vanish']
  const cid = await station.write('oops')
  await station.outbox.remove(cid)
  assert.deepEqual(station.outbox.of('c'), [])
  await station.pass(1_000)
  assert.deepEqual(station.takenBack, [cid])
  assert.equal(station.outbox.size, 0)
})

test('a file is sent once, however often its message is', async () => {
  const station = new FakeStation()
  station.fates = ['vanish']
  const bytes = new Blob(['x'])
  await station.write('', { files: [{ name: 'a.png', mime: 'image/png', bytes }] })
  await station.pass(1_000)
  await settled()
  assert.deepEqual(station.uploads, ['a.png'])
  assert.equal(station.kept.size, 1)
})

test('a file on its way is stopped with its message, and what waits behind it goes on', async () => {
  const station = new FakeStation()
  station.slow = 'a.png'
  const files = [{ name: 'a.png', mime: 'image/png', bytes: new Blob(['x']) }]
  const cid = await station.write('', { files })
  await station.write('behind')
  assert.equal(station.outbox.progress(cid), 0.5)
  assert.deepEqual(station.heard, [])
  await station.outbox.remove(cid)
  await settled()
  assert.deepEqual(station.heard, ['behind'])
  assert.equal(station.outbox.progress(cid), undefined)
  assert.equal(station.outbox.size, 0)
})

test('a message that arrives by another way leaves the queue', async () => {
  const station = new FakeStation()
  station.fates = ['hang']
  const cid = await station.write('twice')
  await station.shelves.write(station.outbox.arrived(cid))
  assert.equal(station.outbox.size, 0)
  assert.deepEqual(await station.shelves.all('outbox'), [])
})

test('numbers of messages grow with time and are never the same', () => {
  const cids = Array.from({ length: 200 }, (_each, index) => newCid(1_750_000_000_000 + index))
  assert.equal(new Set(cids).size, 200)
  assert.deepEqual(cids, cids.toSorted())
  assert.match(
    cids[0] ?? '',
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})
