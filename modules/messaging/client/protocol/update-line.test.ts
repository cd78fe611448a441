/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Update } from '#client'
import { FakeWorld, settled } from '../../../../test/support/fake-world.ts'
import { type Difference, type Position, UpdateLine } from './update-line.ts'

const update = (pts: number): Update => ({ pts, e: { k: 'void', n: pts } })

/** A log on the other side, and what was made of it here. */
class FakeLog {
  readonly world = new FakeWorld()
  readonly applied: number[] = []
  readonly kept: number[] = []
  readonly acked: number[] = []
  readonly asked: number[] = []
  restarts = 0
  isBroken = false
  answer: (from: Position) => Difference = () => ({ reset: true, epoch: 'e2', pts: 0 })
  readonly line: UpdateLine

  constructor(position: Position | undefined = { epoch: 'e', pts: 10 }) {
    this.line = new UpdateLine(
      {
        world: this.world,
        apply: async (updates, { pts }) => {
          if (this.isBroken) throw new Error('The browser could not write')
          this.applied.push(...updates.map((each) => each.pts))
          this.kept.push(pts)
        },
        difference: async (from) => {
          this.asked.push(from.pts)
          return this.answer(from)
        },
        restart: async () => {
          this.restarts += 1
          return { epoch: 'e2', pts: 50 }
        },
        acknowledge: (pts) => void this.acked.push(pts),
      },
      position,
    )
  }

  async hear(...numbers: readonly number[]): Promise<void> {
    for (const pts of numbers) this.line.receive(update(pts))
    await settled()
  }

  async pass(ms: number): Promise<void> {
    this.world.pass(ms)
    await settled()
  }
}

test('the next update is applied, and its number is kept with its effect', async () => {
  const log = new FakeLog()
  await log.hear(11, 12)
  assert.deepEqual(log.applied, [11, 12])
  assert.equal(log.kept.at(-1), 12)
})

test('what is known already changes nothing', async () => {
  const log = new FakeLog()
  await log.hear(9, 10, 11, 11)
  assert.deepEqual(log.applied, [11])
})

test('an update that comes too early waits for the one before it', async () => {
  const log = new FakeLog()
  await log.hear(12)
  assert.deepEqual(log.applied, [])
  await log.hear(11)
  assert.deepEqual(log.applied, [11, 12])
  await log.pass(1_000)
  assert.deepEqual(log.asked, [])
})

test('a gap that stays for 300 ms is asked for', async () => {
  const log = new FakeLog()
  log.answer = () => ({ u: [update(11), update(12), update(13)], head: 13, more: false })
  await log.hear(13)
  await log.pass(299)
  assert.deepEqual(log.asked, [])
  await log.pass(1)
  assert.deepEqual(log.asked, [10])
  assert.deepEqual(log.applied, [11, 12, 13])
})

test('a long difference comes in pieces', async () => {
  const log = new FakeLog()
  log.answer = ({ pts }) => ({ u: [update(pts + 1)], head: 13, more: pts + 1 < 13 })
  log.line.headIs(13)
  await settled()
  await log.pass(300)
  assert.deepEqual(log.applied, [11, 12, 13])
})

test('a number that means nothing any more begins everything afresh, once', async () => {
  const log = new FakeLog()
  log.line.headIs(99)
  await settled()
  await log.pass(300)
  assert.equal(log.restarts, 1)
  assert.deepEqual(log.line.position, { epoch: 'e2', pts: 50 })
  await log.hear(51)
  assert.deepEqual(log.applied, [51])
})

test('what cannot be written is not taken for known, and is tried again', async () => {
  const log = new FakeLog()
  log.isBroken = true
  await log.hear(11)
  assert.equal(log.line.position?.pts, 10)
  log.isBroken = false
  await log.pass(2_000)
  assert.deepEqual(log.applied, [11])
})

test('acknowledgements are cumulative: after a second, or every 32', async () => {
  const log = new FakeLog()
  await log.hear(11, 12, 13)
  assert.deepEqual(log.acked, [])
  await log.pass(1_000)
  assert.deepEqual(log.acked, [13])
  await log.hear(...Array.from({ length: 32 }, (_each, index) => 14 + index))
  assert.deepEqual(log.acked, [13, 45])
})

test('any order of arrival ends in the same order of effects', async () => {
  const numbers = Array.from({ length: 60 }, (_each, index) => 11 + index)
  for (let seed = 1; seed <= 20; seed++) {
    const log = new FakeLog()
    const shuffled = numbers.toSorted(
      (a, b) => ((a * 7919 * seed) % 101) - ((b * 7919 * seed) % 101),
    )
    for (const pts of shuffled) await log.hear(pts, pts)
    assert.deepEqual(log.applied, numbers, `seed ${seed}`)
  }
})
