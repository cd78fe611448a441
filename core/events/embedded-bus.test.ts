import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Database, openPostgres, type OpenTransaction, type Session } from '../../db/index.ts'
import { coreMigrations } from '../../db/migrations/index.ts'
import { FakeClock } from '../../test/support/clock.ts'
import { EVERY_DATABASE, type DialectName, openTestDatabase } from '../../test/support/databases.ts'
import { NO_POSTGRES, reachablePostgres } from '../../test/support/postgres.ts'
import { silentLog } from '../../test/support/silent-log.ts'
import { consume, publish, textOf, thing } from './conformance/bus-under-test.ts'
import type { Deliver } from './bus.ts'
import { busConformance, type BusUnderTest } from './conformance.ts'
import { type EmbeddedBus, openEmbeddedBus } from './embedded-bus.ts'

for (const dialect of EVERY_DATABASE) {
  busConformance(`embedded on ${dialect}`, () => open(dialect))

  test(`embedded on ${dialect}: what the database refuses now is delivered when it works again`, async () => {
    await using t = await open(dialect)
    const seen: string[] = []
    await consume(t, 'a/thing.done', (event, { attempt }) => {
      seen.push(textOf(event))
      if (textOf(event) === 'fails' && attempt === 1) throw new Error('put off')
    })
    await t.bus.settle()
    await alter(t, 'alter table event_deliveries rename to elsewhere')
    await publish(t, 'fails')
    await t.bus.settle()
    await alter(t, 'alter table elsewhere rename to event_deliveries')
    await publish(t, 'later')
    await t.bus.settle()
    t.advance({ seconds: 2 })
    await t.bus.settle()
    assert.deepEqual(seen.slice(-3), ['fails', 'later', 'fails'])
    assert.deepEqual(await t.bus.lag(), [
      { consumer: 'a/thing.done', behind: 0, since: null, dead: 0 },
    ])
  })
}

test('an attempt whose outcome could not be written down is made again', async () => {
  await using t = await open('sqlite')
  const attempts: number[] = []
  await consume(t, 'a/thing.done', async (_event, { attempt }) => {
    attempts.push(attempt)
    if (attempt === 1) throw new Error('put off')
    if (attempt === 2) await alter(t, 'alter table event_deliveries rename to elsewhere')
  })
  await publish(t, 'one')
  await t.bus.settle()
  t.advance({ seconds: 2 })
  await t.bus.settle()
  await alter(t, 'alter table elsewhere rename to event_deliveries')
  await t.bus.settle()
  assert.deepEqual(attempts, [1, 2, 3])
  assert.deepEqual(await t.bus.lag(), [
    { consumer: 'a/thing.done', behind: 0, since: null, dead: 0 },
  ])
})

test('only after a run without an orderly end are deliveries taken for second ones', async () => {
  await using t = await open('sqlite')
  const attempts: string[] = []
  const note: Deliver = (event, { attempt }) => void attempts.push(`${textOf(event)} ${attempt}`)
  await consume(t, 'a/thing.done', note)
  await t.bus.settle()
  await t.reopen()
  await publish(t, 'after an end')
  await consume(t, 'a/thing.done', note)
  await t.bus.settle()
  await t.reopen()
  await alter(t, 'update event_consumers set is_clean = 0')
  await publish(t, 'after a crash')
  await consume(t, 'a/thing.done', note)
  await t.bus.settle()
  await publish(t, 'as usual')
  await t.bus.settle()
  assert.deepEqual(attempts, ['after an end 1', 'after a crash 2', 'as usual 1'])
})

test('handlers that answer at once leave requests and timers their turn', async () => {
  await using t = await open('sqlite')
  const texts = Array.from({ length: 300 }, (_, i) => String(i))
  await Promise.all(texts.map((text) => publish(t, text)))
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns++
    if (!isDone) setImmediate(count)
  }
  await consume(t, 'a/thing.done', busyForAMillisecond, 'beginning')
  count()
  await t.bus.settle()
  isDone = true
  assert.ok(turns >= 30, `${turns} turns of the event loop in 300 ms`)
})

suite('on a real PostgreSQL', { skip: (await reachablePostgres()) ? false : NO_POSTGRES }, () => {
  test('numbers rise in the order of commits, whoever publishes', async () => {
    await using t = await open('postgres')
    const [row] = await t.database.reader.all('select current_schema() as name')
    const url = (await reachablePostgres()) ?? ''
    const connections = await openPostgres(url, String(row?.['name']))
    const other = new Database(connections, (error) => assert.fail(String(error)))
    const bus = openEmbeddedBus({ database: other, clock: new FakeClock(), log: silentLog })
    const begun = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const slow = t.database.transaction(async (tx: OpenTransaction) => {
      await t.bus.publish(tx, thing('first'))
      begun.resolve()
      await gate.promise
      await t.bus.publish(tx, thing('second'))
    })
    await begun.promise
    const quick = other.transaction((tx) => bus.publish(tx, thing('third')))
    await waitsOrEnds(connections.reader, quick)
    gate.resolve()
    await Promise.all([slow, quick])
    assert.deepEqual(
      (await t.bus.tail(0, 10)).map(({ event }) => textOf(event)),
      ['first', 'second', 'third'],
    )
    await other.close()
  })
})

function busyForAMillisecond(): void {
  const end = performance.now() + 1
  while (performance.now() < end);
}

/** Answers when somebody waits for the publishers' lock, or has not needed it. */
async function waitsOrEnds(reader: Session, publishing: Promise<unknown>): Promise<void> {
  const ended = publishing.then(() => true)
  const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`
  const isWaiting = async (): Promise<boolean> => (await reader.all(waiting)).length > 0
  while (!(await Promise.race([ended, isWaiting()])));
}

async function alter({ database }: BusUnderTest, statement: string): Promise<void> {
  await database.transaction((tx) => tx.session.exec(statement))
}

async function open(dialect: DialectName): Promise<BusUnderTest> {
  const { database, ...opened } = await openTestDatabase(dialect)
  const clock = new FakeClock()
  await database.migrate(coreMigrations, { now: () => clock.now() })
  const begin = async (): Promise<EmbeddedBus> => {
    const bus = openEmbeddedBus({ database, clock, log: silentLog })
    await bus.start()
    return bus
  }
  let bus = await begin()
  return {
    get bus() {
      return bus
    },
    database,
    advance: (time) => clock.advance(time),
    reopen: async () => {
      await bus.close()
      bus = await begin()
    },
    [Symbol.asyncDispose]: async () => {
      await bus.close()
      await opened[Symbol.asyncDispose]()
    },
  }
}
