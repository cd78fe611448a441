import assert from 'node:assert/strict'
import { PermanentError } from '../bus.ts'
import { collect, consume, passWaits, publish, type Behaviours, textOf } from './bus-under-test.ts'

export const history: Behaviours = {
  'a newcomer begins now, or at the beginning of history': async (t) => {
    await publish(t, 'history')
    const fresh = await collect(t, 'fresh/thing.done')
    const thorough = await collect(t, 'thorough/thing.done', 'beginning')
    await publish(t, 'now')
    await t.bus.settle()
    assert.deepEqual([fresh, thorough], [['now'], ['history', 'now']])
  },

  'what happens while a newcomer begins does not bring it all of history': async (t) => {
    await publish(t, 'history')
    let beginning: Promise<readonly string[]> | undefined
    t.bus.onCommitted(() => {
      beginning ??= collect(t, 'a/thing.done')
    })
    await publish(t, 'meanwhile')
    const seen = (await beginning) ?? []
    await publish(t, 'afterwards')
    await t.bus.settle()
    assert.deepEqual(seen, ['afterwards'])
  },

  'a consumer goes on where it stopped': async (t) => {
    const seen = await collect(t, 'a/thing.done')
    await publish(t, 'one')
    await t.bus.settle()
    await t.reopen()
    await publish(t, 'two')
    const later = await collect(t, 'a/thing.done', 'beginning')
    await publish(t, 'three')
    await t.bus.settle()
    assert.deepEqual([seen, later], [['one'], ['two', 'three']])
  },

  'one that is stopped gets nothing more, and later all it has missed': async (t) => {
    const seen: string[] = []
    const consumer = await consume(t, 'a/thing.done', (event) => void seen.push(textOf(event)))
    await publish(t, 'one')
    await t.bus.settle()
    await consumer.stop()
    await publish(t, 'two')
    await t.bus.settle()
    assert.deepEqual(seen, ['one'])
    assert.deepEqual(t.bus.consumers, [])
    const later = await collect(t, 'a/thing.done')
    await t.bus.settle()
    assert.deepEqual(later, ['two'])
  },

  'stopping waits for the delivery that runs': async (t) => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const consumer = await consume(t, 'a/thing.done', async () => {
      begun.resolve()
      await gate.promise
    })
    await publish(t, 'one')
    await begun.promise
    const stopped = consumer.stop()
    gate.resolve()
    await stopped
    assert.deepEqual(await t.bus.lag(), [
      { consumer: 'a/thing.done', behind: 0, since: null, dead: 0 },
    ])
  },

  'a name consumes once at a time': async (t) => {
    await collect(t, 'a/thing.done')
    await assert.rejects(collect(t, 'a/thing.done'), /already/)
  },

  'what waits for another attempt, and what waits behind it, outlive the bus': async (t) => {
    await consume(t, 'a/thing.done', () => {
      throw new Error('not this time')
    })
    await publish(t, 'S1', 'thing/S')
    await publish(t, 'S2', 'thing/S')
    await t.bus.settle()
    await t.reopen()
    const tried: string[] = []
    await consume(t, 'a/thing.done', (event, { attempt }) => {
      tried.push(`${textOf(event)} ${attempt}`)
    })
    await publish(t, 'S3', 'thing/S')
    await t.bus.settle()
    assert.deepEqual(tried, [])
    await passWaits(t, 2)
    assert.deepEqual(tried, ['S1 2', 'S2 1', 'S3 1'])
  },

  'history is delivered once more, marked as such': async (t) => {
    const seen: string[] = []
    await consume(t, 'a/thing.done', (event, { replay }) => {
      seen.push(`${textOf(event)}${replay ? ' again' : ''}`)
    })
    const others = await collect(t, 'b/thing.done')
    for (const text of ['one', 'two', 'three']) await publish(t, text)
    await t.bus.settle()
    seen.length = 0
    await t.bus.replay('a/thing.done', 2)
    await t.bus.settle()
    await publish(t, 'four')
    await t.bus.settle()
    assert.deepEqual(seen, ['two again', 'three again', 'four'])
    assert.deepEqual(others, ['one', 'two', 'three', 'four'])
    await assert.rejects(t.bus.replay('c/thing.done', 1), /no consumer c\/thing\.done/)
  },

  'a replay delivers again what had failed, and forgets the failure': async (t) => {
    let isRepaired = false
    const done: string[] = []
    await consume(t, 'a/thing.done', (event) => {
      if (!isRepaired && textOf(event) !== 'two') throw new PermanentError('broken')
      done.push(textOf(event))
    })
    for (const text of ['one', 'two', 'three']) await publish(t, text)
    await t.bus.settle()
    isRepaired = true
    await t.bus.replay('a/thing.done', 0)
    await t.bus.settle()
    assert.deepEqual(done, ['two', 'one', 'two', 'three'])
    assert.deepEqual(await t.bus.lag(), [
      { consumer: 'a/thing.done', behind: 0, since: null, dead: 0 },
    ])
  },

  'a replay begun in the middle of a delivery starts over after it': async (t) => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const seen: string[] = []
    await consume(t, 'a/thing.done', async (event) => {
      seen.push(textOf(event))
      if (seen.length > 2) return
      begun.resolve()
      await gate.promise
    })
    await publish(t, 'one')
    await publish(t, 'two')
    await begun.promise
    await t.bus.replay('a/thing.done', 1)
    gate.resolve()
    await t.bus.settle()
    assert.deepEqual(seen.slice(-2), ['one', 'two'])
    assert.deepEqual(await t.bus.lag(), [
      { consumer: 'a/thing.done', behind: 0, since: null, dead: 0 },
    ])
  },

  'the log can be read from anywhere': async (t) => {
    for (const text of ['one', 'two', 'three']) await publish(t, text)
    const texts = async (part: ReturnType<typeof t.bus.tail>): Promise<unknown[]> =>
      (await part).map(({ seq, event }) => [seq, textOf(event)])
    const all = await texts(t.bus.tail(0, 10))
    assert.equal(all.length, 3)
    assert.deepEqual(await texts(t.bus.tail(1, 1)), all.slice(1, 2))
    assert.deepEqual(await texts(t.bus.last(2)), all.slice(1))
  },
}
