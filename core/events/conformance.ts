import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../db/index.ts'
import type { CloudEvent } from '../app.ts'
import { type Bus, type Consumer, type Deliver, PermanentError, RetryAfterError } from './bus.ts'

/** A bus over a database of its own, with a clock the suite can move. */
export interface BusUnderTest extends AsyncDisposable {
  readonly bus: Bus
  readonly database: Database
  advance(time: { seconds: number }): void
  /** Ends the bus in order and begins another one over the same log. */
  reopen(): Promise<Bus>
}

/** What any driver of the bus must do. Each test gets a fresh bus from `open`. */
export function busConformance(name: string, open: () => Promise<BusUnderTest>): void {
  const says = (sentence: string, run: (t: BusUnderTest) => Promise<void>): void => {
    test(`${name}: ${sentence}`, async () => {
      await using t = await open()
      await run(t)
    })
  }
  delivery(says)
  continuity(says)
  failure(says)
  decisions(says)
  order(says)
  replay(says)
}

type Says = (sentence: string, run: (t: BusUnderTest) => Promise<void>) => void

function delivery(says: Says): void {
  says('an event reaches every consumer of its type, once each', async (t) => {
    const first: string[] = []
    const second: string[] = []
    await consume(t.bus, 'a/thing.done', (event) => void first.push(textOf(event)))
    await consume(t.bus, 'b/thing.done', (event) => void second.push(textOf(event)))
    await publish(t, 'one')
    await publish(t, 'two')
    await t.bus.settle()
    assert.deepEqual(
      [first, second],
      [
        ['one', 'two'],
        ['one', 'two'],
      ],
    )
  })

  says('what is rolled back never happened', async (t) => {
    const seen: string[] = []
    const heard: string[] = []
    t.bus.onCommitted((event) => heard.push(textOf(event)))
    await consume(t.bus, 'a/thing.done', (event) => void seen.push(textOf(event)))
    const failing = t.database.transaction(async (tx) => {
      await t.bus.publish(tx, thing('never'))
      throw new Error('changed my mind')
    })
    await assert.rejects(failing)
    await publish(t, 'kept')
    await t.bus.settle()
    assert.deepEqual([seen, heard], [['kept'], ['kept']])
  })

  says('the doorbell rings before the publisher is answered', async (t) => {
    const heard: string[] = []
    t.bus.onCommitted((event) => heard.push(textOf(event)))
    await publish(t, 'one')
    assert.deepEqual(heard, ['one'])
  })

  says('a newcomer begins now, or at the beginning of history', async (t) => {
    await publish(t, 'history')
    const fresh: string[] = []
    const thorough: string[] = []
    await consume(t.bus, 'fresh/thing.done', (event) => void fresh.push(textOf(event)))
    await consume(
      t.bus,
      'thorough/thing.done',
      (event) => void thorough.push(textOf(event)),
      'beginning',
    )
    await publish(t, 'now')
    await t.bus.settle()
    assert.deepEqual([fresh, thorough], [['now'], ['history', 'now']])
  })
}

function continuity(says: Says): void {
  says('a consumer goes on where it stopped', async (t) => {
    const seen: string[] = []
    await consume(t.bus, 'a/thing.done', (event) => void seen.push(textOf(event)))
    await publish(t, 'one')
    await t.bus.settle()
    const again = await t.reopen()
    await t.database.transaction((tx) => again.publish(tx, thing('two')))
    await consume(again, 'a/thing.done', (event) => void seen.push(textOf(event)))
    await again.settle()
    assert.deepEqual(seen, ['one', 'two'])
  })

  says('a chain keeps its correlation, names its cause, and is cut after 16 steps', async (t) => {
    const chain: CloudEvent[] = []
    await consume(t.bus, 'echo/thing.done', (event) => {
      chain.push(event)
      return [
        async (tx) => {
          await t.bus.publish(tx, { ...thing('echo'), cause: event })
        },
      ]
    })
    const first = await publish(t, 'start')
    for (let round = 0; round < 30; round++) {
      t.advance({ seconds: 700 })
      await t.bus.settle()
    }
    const steps = new Map(chain.map((event) => [event.id, event]))
    assert.equal(steps.size, 17)
    for (const event of steps.values()) {
      assert.equal(event.correlationid, first.correlationid)
      if (event.hops > 0) assert.equal(steps.get(event.causationid ?? '')?.hops, event.hops - 1)
    }
    assert.equal((await t.bus.deadLetters.list()).length, 1)
  })
}

function failure(says: Says): void {
  says('effects are committed with the acknowledgement or not at all', async (t) => {
    let attempts = 0
    await consume(t.bus, 'a/thing.done', (event) => {
      attempts++
      const echo = async (tx: Parameters<Bus['publish']>[0]): Promise<void> => {
        await t.bus.publish(tx, { ...thing('effect'), type: 'thing.echoed', cause: event })
      }
      const breaks = async (): Promise<void> => {
        if (attempts === 1) throw new Error('the second effect fails')
      }
      return [echo, breaks]
    })
    await publish(t, 'one')
    await t.bus.settle()
    assert.equal(await count(t, 'thing.echoed'), 0)
    t.advance({ seconds: 2 })
    await t.bus.settle()
    assert.equal(attempts, 2)
    assert.equal(await count(t, 'thing.echoed'), 1)
  })

  says('a failing event is tried after growing waits and then becomes a dead letter', async (t) => {
    const attempts: number[] = []
    await consume(t.bus, 'a/thing.done', (_event, { attempt }) => {
      attempts.push(attempt)
      throw new Error(`attempt ${attempt} fails`)
    })
    await publish(t, 'poison')
    await t.bus.settle()
    await t.bus.settle()
    assert.deepEqual(attempts, [1])
    for (const seconds of [2, 7, 40, 150, 800]) {
      t.advance({ seconds })
      await t.bus.settle()
    }
    assert.deepEqual(attempts, [1, 2, 3, 4, 5, 6])
    const [letter] = await t.bus.deadLetters.list()
    assert.equal(letter?.attempts, 6)
    assert.match(letter?.error ?? '', /attempt 6 fails/)
  })
}

function decisions(says: Says): void {
  says('a handler may choose its wait, or give up at once', async (t) => {
    const attempts: string[] = []
    await consume(t.bus, 'a/thing.done', (event, { attempt }) => {
      attempts.push(`${textOf(event)} ${attempt}`)
      if (textOf(event) === 'hopeless') throw new PermanentError('never')
      if (attempt === 1) throw new RetryAfterError('later', 60_000)
    })
    await publish(t, 'hopeless', 'thing/1')
    await publish(t, 'patient', 'thing/2')
    await t.bus.settle()
    t.advance({ seconds: 50 })
    await t.bus.settle()
    assert.deepEqual(attempts, ['hopeless 1', 'patient 1'])
    t.advance({ seconds: 11 })
    await t.bus.settle()
    assert.deepEqual(attempts, ['hopeless 1', 'patient 1', 'patient 2'])
    assert.equal((await t.bus.deadLetters.list('a/thing.done')).length, 1)
  })

  says('a dead letter can be retried after a repair, or skipped', async (t) => {
    let isRepaired = false
    const done: string[] = []
    await consume(t.bus, 'a/thing.done', (event) => {
      if (!isRepaired) throw new PermanentError('broken')
      done.push(textOf(event))
    })
    await publish(t, 'one')
    await publish(t, 'two')
    await t.bus.settle()
    const letters = await t.bus.deadLetters.list()
    assert.equal(letters.length, 2)
    isRepaired = true
    await t.bus.deadLetters.retry('a/thing.done', letters[0]?.seq ?? 0)
    await t.bus.deadLetters.skip('a/thing.done', letters[1]?.seq ?? 0)
    await t.bus.settle()
    assert.deepEqual(done, ['one'])
    assert.deepEqual(await t.bus.deadLetters.list(), [])
  })
}

function order(says: Says): void {
  says('a failing event holds back its own subject and nobody else', async (t) => {
    const done: string[] = []
    let failures = 3
    await consume(t.bus, 'a/thing.done', (event) => {
      if (textOf(event) === 'S1' && failures-- > 0) throw new Error('not yet')
      done.push(textOf(event))
    })
    await publish(t, 'S1', 'thing/S')
    await publish(t, 'S2', 'thing/S')
    await publish(t, 'T1', 'thing/T')
    await publish(t, 'S3', 'thing/S')
    await t.bus.settle()
    assert.deepEqual(done, ['T1'])
    for (const seconds of [2, 7, 40]) {
      t.advance({ seconds })
      await t.bus.settle()
    }
    assert.deepEqual(done, ['T1', 'S1', 'S2', 'S3'])
    await publish(t, 'S4', 'thing/S')
    await t.bus.settle()
    assert.equal(done.at(-1), 'S4')
  })

  says('a dead letter lets the rest of its subject pass', async (t) => {
    const done: string[] = []
    await consume(t.bus, 'a/thing.done', (event) => {
      if (textOf(event) === 'S1') throw new PermanentError('never')
      done.push(textOf(event))
    })
    await publish(t, 'S1', 'thing/S')
    await publish(t, 'S2', 'thing/S')
    await t.bus.settle()
    assert.deepEqual(done, ['S2'])
  })

  says(
    'two hundred events published at once arrive in the order they were committed',
    async (t) => {
      const seen: string[] = []
      await consume(t.bus, 'a/thing.done', async (event) => {
        await Promise.resolve()
        seen.push(event.id)
      })
      const published = await Promise.all(
        Array.from({ length: 200 }, (_, i) => publish(t, String(i))),
      )
      await t.bus.settle()
      const log = (await t.bus.tail(0, 1_000)).map(({ event }) => event.id)
      assert.deepEqual(seen, log)
      assert.equal(new Set(published.map(({ id }) => id)).size, 200)
    },
  )
}

function replay(says: Says): void {
  says('history is delivered once more, marked as such', async (t) => {
    const seen: string[] = []
    await consume(
      t.bus,
      'a/thing.done',
      (event, facts) => void seen.push(`${textOf(event)}${facts.replay ? ' again' : ''}`),
    )
    await publish(t, 'one')
    await publish(t, 'two')
    await t.bus.settle()
    await t.bus.replay('a/thing.done', 1)
    await t.bus.settle()
    await publish(t, 'three')
    await t.bus.settle()
    assert.deepEqual(seen, ['one', 'two', 'one again', 'two again', 'three'])
  })

  says('lag counts what is not yet delivered', async (t) => {
    let isOpen = false
    await consume(t.bus, 'a/thing.done', () => {
      if (!isOpen) throw new PermanentError('closed')
    })
    await publish(t, 'one')
    await t.bus.settle()
    isOpen = true
    assert.deepEqual(await t.bus.lag(), [{ consumer: 'a/thing.done', behind: 0, dead: 1 }])
  })
}

function thing(text: string, subject = `thing/${text}`) {
  return { type: 'thing.done', source: '/test', subject, data: { text } }
}

function publish(t: BusUnderTest, text: string, subject?: string): Promise<CloudEvent> {
  return t.database.transaction((tx) => t.bus.publish(tx, thing(text, subject)))
}

function consume(
  bus: Bus,
  name: string,
  deliver: Deliver,
  from: 'new' | 'beginning' = 'new',
): Promise<Consumer> {
  return bus.consume({ name, module: name.split('/')[0] ?? '', type: 'thing.done', from }, deliver)
}

async function count(t: BusUnderTest, type: string): Promise<number> {
  const log = await t.bus.tail(0, 1_000)
  return log.filter(({ event }) => event.type === type).length
}

function textOf(event: CloudEvent): string {
  return (event.data as { text: string }).text
}
