/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MentionWalk } from './mention-walk.ts'

/** A station with these unread mentions. */
class FakeStation {
  unread: readonly number[]
  readonly asked: number[] = []
  recounts = 0
  isAway = false
  readonly walk = new MentionWalk({
    find: async (after) => {
      this.asked.push(after)
      return this.isAway ? undefined : this.unread.filter((seq) => seq > after).slice(0, 1)
    },
    recount: async () => void this.recounts++,
  })

  constructor(...unread: readonly number[]) {
    this.unread = unread
  }
}

test('each press leads to the next mention, although none has been told as read', async () => {
  const station = new FakeStation(7, 9, 40)
  const walked = [
    await station.walk.next(0),
    await station.walk.next(7),
    await station.walk.next(9),
  ]
  assert.deepEqual(walked, [7, 9, 40])
  assert.equal(station.recounts, 0)
})

test('what has been read here is passed, whether or not the station knows', async () => {
  const station = new FakeStation(7, 9)
  assert.equal(await station.walk.next(8), 9)
  assert.deepEqual(station.asked, [8])
})

test('after the last one comes the first that is still unread', async () => {
  const station = new FakeStation(7, 9)
  await station.walk.next(0)
  await station.walk.next(0)
  assert.equal(await station.walk.next(0), 7)
  station.unread = [9]
  assert.equal(await station.walk.next(7), 9)
})

test('a count without a mention is asked for anew', async () => {
  const station = new FakeStation()
  assert.equal(await station.walk.next(3), undefined)
  assert.deepEqual([station.recounts, station.asked], [1, [3]])
})

test('without an answer nothing is forgotten and nothing recounted', async () => {
  const station = new FakeStation(7, 9)
  await station.walk.next(0)
  station.isAway = true
  assert.equal(await station.walk.next(0), undefined)
  station.isAway = false
  assert.equal(await station.walk.next(0), 9)
  assert.equal(station.recounts, 0)
})

test('two presses before the answer are one', async () => {
  const station = new FakeStation(7, 9)
  assert.deepEqual(await Promise.all([station.walk.next(0), station.walk.next(0)]), [7, undefined])
  assert.deepEqual(station.asked, [0])
})
