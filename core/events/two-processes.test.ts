import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database, OpenTransaction } from '../../db/index.ts'
import { FakeClock } from '../../test/support/clock.ts'
import { EVERY_DATABASE, openCoreDatabase } from '../../test/support/databases.ts'
import { silentLog } from '../../test/support/silent-log.ts'
import type { CloudEvent } from '../port/events.ts'
import type { Deliver } from './bus.ts'
import { type EmbeddedBus, openEmbeddedBus } from './embedded-bus.ts'

/* Two buses over one database know as little of each other as two processes do. */

for (const dialect of EVERY_DATABASE) {
  test(`${dialect}: what another process commits reaches listeners and consumers, in order`, async () => {
    await using t = await twoBuses(dialect)
    const heard: string[] = []
    const seen: string[] = []
    t.here.onCommitted((event) => heard.push(textOf(event)))
    await consume(t.here, (event) => void seen.push(textOf(event)))
    await publish(t, t.here, 'mine 1')
    await publish(t, t.there, 'theirs 1')
    await publish(t, t.there, 'theirs 2')
    await publish(t, t.here, 'mine 2')
    await publish(t, t.there, 'theirs 3')
    await publish(t, t.here, 'mine 3')
    await t.here.settle()
    assert.deepEqual(seen, ['mine 1', 'theirs 1', 'theirs 2', 'mine 2', 'theirs 3', 'mine 3'])
    assert.deepEqual(heard.toSorted(), seen.toSorted())
  })

  test(`${dialect}: two processes that deliver to one consumer commit each effect once`, async () => {
    await using t = await twoBuses(dialect)
    for (const bus of [t.here, t.there]) {
      await consume(bus, async (event) => {
        if (textOf(event) === '7') await new Promise(setImmediate)
        return [
          async (tx: OpenTransaction) => {
            const data = { text: `echo of ${textOf(event)}` }
            await bus.publish(tx, { ...thing('echo'), type: 'thing.echoed', data })
          },
        ]
      })
    }
    const texts = Array.from({ length: 40 }, (_, i) => String(i))
    await Promise.all(texts.map((text, i) => publish(t, i % 2 ? t.here : t.there, text)))
    await t.here.settle()
    await t.there.settle()
    const log = await t.here.tail(0, 1_000)
    const echoes = log.filter(({ event }) => event.type === 'thing.echoed')
    assert.deepEqual(
      echoes.map(({ event }) => textOf(event)).toSorted(),
      texts.map((text) => `echo of ${text}`).toSorted(),
    )
  })

  test(`${dialect}: two processes that try the same delivery again do not wear it out`, async () => {
    await using t = await twoBuses(dialect)
    await Promise.all([echoAtSecond(t.here), echoAtSecond(t.there)])
    for (const text of ['1', '2', '3']) await publish(t, t.here, text)
    for (const seconds of [0, 2, 7, 40]) {
      t.clock.advance({ seconds })
      await Promise.all([t.here.settle(), t.there.settle()])
    }
    const log = await t.here.tail(0, 1_000)
    assert.equal(log.filter(({ event }) => event.type === 'thing.echoed').length, 3)
    assert.deepEqual(await t.here.lag(), [
      { consumer: 'a/thing.done', behind: 0, since: null, dead: 0 },
    ])
  })

  test(`${dialect}: a replay and a retry asked for elsewhere are done here`, async () => {
    await using t = await twoBuses(dialect)
    const seen: string[] = []
    let isRepaired = false
    await consume(t.here, (event) => {
      if (!isRepaired && textOf(event) === 'bad') throw new Error('broken')
      seen.push(textOf(event))
    })
    for (const text of ['one', 'bad']) await publish(t, t.here, text)
    for (const seconds of [0, 2, 7, 40, 150, 800]) {
      t.clock.advance({ seconds })
      await t.here.settle()
    }
    isRepaired = true
    await t.there.deadLetters.retry('a/thing.done', 2)
    await t.here.settle()
    assert.deepEqual(seen, ['one', 'bad'])
    await t.there.replay('a/thing.done', 1)
    await t.here.settle()
    assert.deepEqual(seen, ['one', 'bad', 'one', 'bad'])
  })

  test(`${dialect}: a process that does not deliver still registers who begins now`, async () => {
    await using t = await twoBuses(dialect)
    const cli = openEmbeddedBus({ ...t, log: silentLog, deliver: false })
    await cli.start()
    await consume(cli, () => assert.fail('nothing is delivered here'))
    await publish(t, cli, 'one')
    await cli.settle()
    await cli.close()
    const seen: string[] = []
    await consume(t.here, (event) => void seen.push(textOf(event)))
    await t.here.settle()
    assert.deepEqual(seen, ['one'])
  })
}

interface TwoBuses extends AsyncDisposable {
  readonly here: EmbeddedBus
  readonly there: EmbeddedBus
  readonly database: Database
  readonly clock: FakeClock
}

async function twoBuses(dialect: (typeof EVERY_DATABASE)[number]): Promise<TwoBuses> {
  const { database, ...opened } = await openCoreDatabase(dialect)
  const clock = new FakeClock()
  const open = async (): Promise<EmbeddedBus> => {
    const bus = openEmbeddedBus({ database, clock, log: silentLog })
    await bus.start()
    return bus
  }
  const [here, there] = [await open(), await open()]
  return {
    here,
    there,
    database,
    clock,
    [Symbol.asyncDispose]: async () => {
      await here.close()
      await there.close()
      await opened[Symbol.asyncDispose]()
    },
  }
}

function thing(text: string) {
  return { type: 'thing.done', source: '/test', subject: `thing/${text}`, data: { text } }
}

async function publish({ database }: TwoBuses, bus: EmbeddedBus, text: string): Promise<void> {
  await database.transaction((tx) => bus.publish(tx, thing(text)))
}

/** Fails at first and publishes an echo at the next attempt. */
async function echoAtSecond(bus: EmbeddedBus): Promise<void> {
  await consume(bus, async (event, { attempt }) => {
    await new Promise(setImmediate)
    if (attempt === 1) throw new Error('not at once')
    const echo = { ...thing('echo'), type: 'thing.echoed', cause: event }
    return [async (tx: OpenTransaction) => void (await bus.publish(tx, echo))]
  })
}

async function consume(bus: EmbeddedBus, deliver: Deliver): Promise<void> {
  const options = { name: 'a/thing.done', module: 'a', type: 'thing.done', from: 'new' } as const
  await bus.consume(options, deliver)
}

function textOf(event: CloudEvent): string {
  return (event.data as { text: string }).text
}
