/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Draft } from '../protocol/dto.ts'
import { Drafts, type LocalDraft } from './drafts.ts'
import { FakeWorld, settled } from '../../../../test/support/fake-world.ts'
import { MemoryShelves } from './memory-shelves.ts'

class FakeDevice {
  readonly world = new FakeWorld()
  readonly shelves = new MemoryShelves()
  readonly saved: LocalDraft[] = []
  isOffline = false
  ver = 0
  /** What the answer of the station waits for. */
  answered: Promise<void> = Promise.resolve()
  readonly drafts = new Drafts({
    world: this.world,
    shelves: this.shelves,
    save: async (draft) => {
      if (this.isOffline) throw new Error('no network')
      this.saved.push(draft)
      this.ver += 1
      const { ver } = this
      await this.answered
      return ver
    },
    shown: () => undefined,
  })

  async pass(ms: number): Promise<void> {
    this.world.pass(ms)
    await settled()
  }
}

const remote = (text: string, ver: number): Draft => ({
  text,
  entities: [],
  replySeq: null,
  ver,
  at: '2026-06-14T12:00:00.000Z',
})

test('words are kept here after 300 ms and sent after a pause of 1.5 s', async () => {
  const device = new FakeDevice()
  device.drafts.write('c', 'Fog', null)
  await device.pass(299)
  assert.deepEqual(await device.shelves.all('drafts'), [])
  await device.pass(1)
  assert.equal((await device.shelves.all('drafts')).length, 1)
  await device.pass(1_199)
  assert.equal(device.saved.length, 0)
  await device.pass(1)
  assert.equal(device.saved[0]?.text, 'Fog')
})

test('whoever goes on typing is sent once', async () => {
  const device = new FakeDevice()
  for (const text of ['F', 'Fo', 'Fog']) {
    device.drafts.write('c', text, null)
    await device.pass(1_000)
  }
  assert.equal(device.saved.length, 0)
  await device.pass(500)
  assert.deepEqual(
    device.saved.map(({ text }) => text),
    ['Fog'],
  )
})

test('without a network the words wait, and go when it is back', async () => {
  const device = new FakeDevice()
  device.isOffline = true
  device.drafts.write('c', 'Ice', null)
  await device.pass(2_000)
  assert.equal(device.saved.length, 0)
  device.isOffline = false
  device.drafts.flush()
  await settled()
  assert.equal(device.saved[0]?.text, 'Ice')
})

test('a draft of another device is shown where nobody writes', () => {
  const device = new FakeDevice()
  device.drafts.remote('c', remote('From the phone', 1))
  assert.equal(device.drafts.of('c')?.text, 'From the phone')
  assert.equal(device.drafts.isTold('c'), true)
  assert.equal(device.drafts.offer('c'), undefined)
})

test('a draft of another device never replaces what is being written: it is offered', async () => {
  const device = new FakeDevice()
  device.drafts.focus('c')
  device.drafts.write('c', 'From the laptop', null)
  await device.pass(2_000)
  device.drafts.remote('c', remote('From the phone', 5))
  assert.equal(device.drafts.of('c')?.text, 'From the laptop')
  assert.equal(device.drafts.offer('c')?.text, 'From the phone')
  device.drafts.accept('c')
  assert.equal(device.drafts.of('c')?.text, 'From the phone')
  assert.equal(device.drafts.offer('c'), undefined)
})

test('words written offline are not replaced either, and are sent on the newer version', async () => {
  const device = new FakeDevice()
  device.isOffline = true
  device.drafts.write('c', 'From the laptop', null)
  await device.pass(2_000)
  device.drafts.remote('c', remote('From the phone', 9))
  assert.equal(device.drafts.of('c')?.text, 'From the laptop')
  device.isOffline = false
  device.drafts.flush()
  await settled()
  assert.equal(device.saved[0]?.ver, 9)
})

test('whoever keeps their own words has them sent over the others', async () => {
  const device = new FakeDevice()
  device.drafts.focus('c')
  device.drafts.write('c', 'From the laptop', null)
  await device.pass(2_000)
  device.drafts.remote('c', remote('From the phone', 5))
  device.drafts.decline('c')
  await settled()
  assert.equal(device.drafts.offer('c'), undefined)
  assert.equal(device.drafts.of('c')?.text, 'From the laptop')
  const { text, ver } = device.saved.at(-1) ?? {}
  assert.deepEqual([device.saved.length, text, ver], [2, 'From the laptop', 5])
})

test('an older version changes nothing', () => {
  const device = new FakeDevice()
  device.drafts.remote('c', remote('new', 5))
  device.drafts.remote('c', remote('old', 4))
  assert.equal(device.drafts.of('c')?.text, 'new')
})

test('a sent message takes its draft with it', async () => {
  const device = new FakeDevice()
  device.drafts.write('c', 'Hello', null)
  assert.equal(device.drafts.isTold('c'), false)
  device.drafts.sent('c')
  assert.equal(device.drafts.of('c'), undefined)
  await device.pass(5_000)
  assert.equal(device.saved.length, 0)
})

test('a draft survives a reload', async () => {
  const device = new FakeDevice()
  device.drafts.write('c', 'Kept', 7)
  device.drafts.keepNow()
  await settled()
  const drafts = new Drafts({
    world: new FakeWorld(),
    shelves: device.shelves,
    save: async () => 1,
    shown: () => undefined,
  })
  await drafts.load()
  assert.deepEqual(drafts.of('c')?.text, 'Kept')
  assert.equal(drafts.of('c')?.replySeq, 7)
})

for (const first of ['the answer', 'the echo'] as const) {
  test(`words that were sent while they were being kept do not come back, be ${first} first`, async () => {
    const device = new FakeDevice()
    const { promise, resolve } = Promise.withResolvers<void>()
    device.answered = promise
    device.drafts.write('c', 'Fog', null)
    await device.pass(1_500)
    assert.equal(device.saved.length, 1)
    device.drafts.sent('c')
    const echo = (): void => void device.drafts.remote('c', remote('Fog', 1))
    if (first === 'the echo') echo()
    resolve()
    await settled()
    if (first === 'the answer') echo()
    assert.equal(device.drafts.of('c'), undefined)
    await device.pass(1_500)
    const last = device.saved.at(-1)
    assert.deepEqual([device.saved.length, last?.text, last?.ver], [2, '', 1])
    device.drafts.remote('c', remote('Ice', 3))
    assert.equal(device.drafts.of('c')?.text, 'Ice', 'what another device writes is shown')
  })
}

for (const now of ['', 'Fog and ice']) {
  test(`own words heard back do not undo what is there by now: “${now}”`, async () => {
    const device = new FakeDevice()
    const { promise, resolve } = Promise.withResolvers<void>()
    device.answered = promise
    device.drafts.focus('c')
    device.drafts.write('c', 'Fog', null)
    await device.pass(1_500)
    device.drafts.write('c', now, null)
    device.drafts.remote('c', remote('Fog', 1))
    assert.equal(device.drafts.of('c')?.text ?? '', now)
    assert.equal(device.drafts.offer('c'), undefined)
    resolve()
    await device.pass(1_500)
    const last = device.saved.at(-1)
    assert.deepEqual([device.saved.length, last?.text, last?.ver], [2, now, 1])
  })
}

test('words that have lost their place stand below those that are there', async () => {
  const device = new FakeDevice()
  device.drafts.append('c', 'Fog')
  assert.equal(device.drafts.of('c')?.text, 'Fog')
  device.drafts.write('c', 'Ice', 7)
  device.drafts.append('c', 'Fog')
  assert.equal(device.drafts.of('c')?.text, 'Ice\n\nFog')
  assert.equal(device.drafts.of('c')?.replySeq, 7)
})

test('what is quoted goes with the answer to the station, and comes from there', async () => {
  const device = new FakeDevice()
  const quote = { text: 'ice', offset: 4 }
  device.drafts.write('c', 'Fog', 7, quote)
  await device.pass(1_500)
  assert.deepEqual(await device.shelves.all('drafts'), [device.drafts.of('c')])
  assert.deepEqual(device.saved[0]?.quote, quote)
  const other = { text: 'fog', offset: 0 }
  device.drafts.remote('c', { ...remote('Fog and', 5), replySeq: 7, quote: other })
  assert.deepEqual(device.drafts.of('c')?.quote, other)
  device.drafts.write('c', 'Fog and', 7)
  assert.equal(
    device.drafts.of('c')?.quote,
    undefined,
    'another part, or none, is a change as well',
  )
  device.drafts.write('c', 'Fog and', 7, quote)
  await device.pass(1_500)
  assert.deepEqual(device.saved.at(-1)?.quote, quote, 'the part alone is a change as well')
  device.drafts.focus('c')
  device.drafts.write('c', 'Mine', 7)
  device.drafts.remote('c', { ...remote('Sun', 9), replySeq: 8, quote: other })
  device.drafts.accept('c')
  assert.deepEqual(device.drafts.of('c')?.quote, other, 'it is taken with the words')
})
