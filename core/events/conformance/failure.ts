import assert from 'node:assert/strict'
import type { OpenTransaction } from '../../../db/index.ts'
import { PermanentError, RetryAfterError } from '../bus.ts'
import {
  type BusUnderTest,
  collect,
  consume,
  passWaits,
  publish,
  type Behaviours,
  textOf,
  thing,
} from './bus-under-test.ts'

export const failure: Behaviours = {
  'effects are committed with the acknowledgement or not at all': async (t) => {
    const attempts: number[] = []
    await consume(t, 'a/thing.done', async (event, { attempt }) => {
      attempts.push(attempt)
      const echo = async (tx: OpenTransaction): Promise<void> => {
        await t.bus.publish(tx, { ...thing('effect'), type: 'thing.echoed', cause: event })
      }
      const breaks = async (): Promise<void> => {
        if (attempt < 3) throw new Error('the second effect fails')
      }
      return [echo, breaks]
    })
    await publish(t, 'one')
    await t.bus.settle()
    await passWaits(t, 2)
    assert.equal(await countEchoes(t), 0)
    await passWaits(t, 7)
    assert.deepEqual([attempts, await countEchoes(t)], [[1, 2, 3], 1])
  },

  'a failing event is tried after growing waits and then becomes a dead letter': async (t) => {
    const attempts: number[] = []
    await consume(t, 'a/thing.done', (_event, { attempt }) => {
      attempts.push(attempt)
      throw new Error(`attempt ${attempt} fails`)
    })
    await publish(t, 'poison')
    await t.bus.settle()
    for (const [tried, waitS] of [1, 5, 30, 120, 600].entries()) {
      await passWaits(t, waitS - 0.1)
      assert.equal(attempts.length, tried + 1, `nothing before ${waitS} s`)
      await passWaits(t, 0.2 * waitS + 0.2)
      assert.equal(attempts.length, tried + 2, `again after ${waitS} s`)
    }
    await passWaits(t, 100_000)
    assert.deepEqual(attempts, [1, 2, 3, 4, 5, 6])
    const [letter] = await t.bus.deadLetters.list()
    assert.equal(letter?.attempts, 6)
    assert.equal(letter.error, 'Error: attempt 6 fails')
  },

  'a handler may choose its wait, or give up at once': async (t) => {
    const attempts: string[] = []
    await consume(t, 'a/thing.done', async (event, { attempt }) => {
      attempts.push(`${textOf(event)} ${attempt}`)
      if (textOf(event) === 'hopeless') throw new PermanentError('never')
      if (attempt === 1) throw new RetryAfterError('later', 60_000)
    })
    await publish(t, 'hopeless')
    await publish(t, 'patient')
    await t.bus.settle()
    await passWaits(t, 59)
    assert.deepEqual(attempts, ['hopeless 1', 'patient 1'])
    await passWaits(t, 2)
    assert.deepEqual(attempts, ['hopeless 1', 'patient 1', 'patient 2'])
    assert.equal((await t.bus.deadLetters.list('a/thing.done')).length, 1)
  },

  'one consumer that fails keeps no other waiting': async (t) => {
    await consume(t, 'bad/thing.done', () => {
      throw new Error('always')
    })
    const seen = await collect(t, 'good/thing.done')
    await publish(t, 'one', 'thing/S')
    const since = (await t.bus.last(1))[0]?.event.time ?? ''
    await publish(t, 'two', 'thing/S')
    await t.bus.settle()
    assert.deepEqual(seen, ['one', 'two'])
    assert.deepEqual(await t.bus.lag(), [
      { consumer: 'bad/thing.done', behind: 2, since, dead: 0 },
      { consumer: 'good/thing.done', behind: 0, since: null, dead: 0 },
    ])
  },

  'a dead letter can be retried after a repair, or skipped': async (t) => {
    let isRepaired = false
    const done: string[] = []
    await consume(t, 'a/thing.done', (event, { attempt }) => {
      if (!isRepaired) throw new PermanentError('broken')
      done.push(`${textOf(event)} ${attempt}`)
    })
    await publish(t, 'one')
    await publish(t, 'two')
    await t.bus.settle()
    const letters = await t.bus.deadLetters.list('a/thing.done')
    assert.deepEqual(
      letters.map(({ event, consumer }) => [consumer, textOf(event)]),
      [
        ['a/thing.done', 'one'],
        ['a/thing.done', 'two'],
      ],
    )
    isRepaired = true
    await t.bus.deadLetters.retry('a/thing.done', letters[0]?.seq ?? 0)
    await t.bus.deadLetters.skip('a/thing.done', letters[1]?.seq ?? 0)
    await t.bus.settle()
    assert.deepEqual(done, ['one 1'])
    assert.deepEqual(await t.bus.deadLetters.list(), [])
    await assert.rejects(
      t.bus.deadLetters.skip('a/thing.done', 1),
      /no dead letter a\/thing\.done#1/,
    )
    await assert.rejects(t.bus.deadLetters.retry('b/thing.done', 1), /no dead letter/)
  },
}

async function countEchoes(t: BusUnderTest): Promise<number> {
  const log = await t.bus.tail(0, 1_000)
  return log.filter(({ event }) => event.type === 'thing.echoed').length
}
