import assert from 'node:assert/strict'
import { PermanentError } from '../bus.ts'
import { collect, consume, passWaits, publish, type Behaviours, textOf } from './bus-under-test.ts'

export const order: Behaviours = {
  'a failing event holds back its own subject and nobody else': async (t) => {
    const done: string[] = []
    await consume(t, 'a/thing.done', (event, { attempt }) => {
      if (textOf(event) === 'S1' && attempt < 4) throw new Error('not yet')
      done.push(textOf(event))
    })
    await publish(t, 'S1', 'thing/S')
    await publish(t, 'S2', 'thing/S')
    await publish(t, 'T1', 'thing/T')
    await publish(t, 'S3', 'thing/S')
    await t.bus.settle()
    assert.deepEqual(done, ['T1'])
    await passWaits(t, 2, 7, 40)
    assert.deepEqual(done, ['T1', 'S1', 'S2', 'S3'])
    await publish(t, 'S4', 'thing/S')
    await t.bus.settle()
    assert.equal(done.at(-1), 'S4')
  },

  'one that was held may fail as well, and keeps the order': async (t) => {
    const tried: string[] = []
    await consume(t, 'a/thing.done', (event, { attempt }) => {
      tried.push(`${textOf(event)} ${attempt}`)
      if (textOf(event) !== '3' && attempt === 1) throw new Error('not at once')
    })
    for (const text of ['1', '2', '3']) await publish(t, text, 'thing/S')
    await t.bus.settle()
    await passWaits(t, 2, 2)
    assert.deepEqual(tried, ['1 1', '1 2', '2 1', '2 2', '3 1'])
  },

  'a dead letter lets the rest of its subject pass': async (t) => {
    const done: string[] = []
    await consume(t, 'a/thing.done', (event, { attempt }) => {
      if (textOf(event) === 'S1' && attempt === 1) throw new Error('try once more')
      if (textOf(event) === 'S1') throw new PermanentError('never')
      done.push(textOf(event))
    })
    await publish(t, 'S1', 'thing/S')
    await publish(t, 'S2', 'thing/S')
    await t.bus.settle()
    assert.deepEqual(done, [])
    await passWaits(t, 2)
    assert.deepEqual(done, ['S2'])
  },

  'events published at once arrive in the order they were committed': async (t) => {
    const seen: string[] = []
    await consume(t, 'a/thing.done', async (event) => {
      if (event.id.endsWith('0')) await new Promise(setImmediate)
      seen.push(event.id)
    })
    await Promise.all(Array.from({ length: 200 }, (_, i) => publish(t, String(i))))
    await t.bus.settle()
    const log = await t.bus.tail(0, 1_000)
    assert.equal(log.length, 200)
    assert.deepEqual(
      seen,
      log.map(({ event }) => event.id),
    )
  },

  'a long history and what happens meanwhile arrive without a gap': async (t) => {
    const texts = Array.from({ length: 1_500 }, (_, i) => String(i))
    await Promise.all(texts.slice(0, 1_200).map((text) => publish(t, text, 'thing/S')))
    const seen = await collect(t, 'a/thing.done', 'beginning')
    await Promise.all(texts.slice(1_200).map((text) => publish(t, text, 'thing/S')))
    await t.bus.settle()
    assert.deepEqual(seen, texts)
  },
}
