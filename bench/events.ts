import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../core/clock.ts'
import { openEmbeddedBus } from '../core/events/embedded-bus.ts'
import { Database, openSqlite } from '../db/index.ts'
import { coreMigrations } from '../db/migrations/index.ts'
import { silentLog } from '../test/support/silent-log.ts'
import { type Figure, inTurns } from './figures.ts'

const ROUNDS = 5
const RUN_MS = 600
const GROUP = 64
const BACKLOG = 100_000

/** The event bus against a bare SQLite commit with the same pragmas (WAL, FULL). */
export async function eventFigures(): Promise<Figure[]> {
  const { bare, single, grouped, replay } = await inTurns(ROUNDS, {
    bare: bareCommits,
    single: () => published(1),
    grouped: () => published(GROUP),
    replay: replayed,
  })
  return [
    { name: 'bare SQLite commits', value: bare, unit: '/s' },
    {
      name: 'durable event, one consumer, each its own transaction',
      value: single,
      unit: '/s',
      ratio: single / bare,
      goal: 'ratio ≥ 0.5',
    },
    {
      name: `durable events, ${GROUP} at once, FULL`,
      value: grouped,
      unit: '/s',
      goal: '≥ 30 000/s',
    },
    { name: 'replay from the log', value: replay, unit: '/s', goal: '≥ 200 000/s' },
  ]
}

const PAYLOAD = { id: '0', author: 'anna', title: 'Новая запись', tags: ['a', 'b'] }

async function inFolder<R>(work: (dir: string) => Promise<R>): Promise<R> {
  const dir = await mkdtemp(join(tmpdir(), 'quark-bench-'))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function bareCommits(): Promise<number> {
  return inFolder(async (dir) => {
    const raw = new DatabaseSync(join(dir, 'bare.db'))
    raw.exec('pragma journal_mode=wal; pragma synchronous=full')
    raw.exec(
      'create table events (seq integer primary key autoincrement, type text, envelope text)',
    )
    const insert = raw.prepare('insert into events (type, envelope) values (?, ?)')
    const text = JSON.stringify(PAYLOAD)
    let count = 0
    const start = performance.now()
    while (performance.now() - start < RUN_MS) {
      raw.exec('begin immediate')
      insert.run('post.published', text)
      raw.exec('commit')
      count++
    }
    const rate = (count * 1000) / (performance.now() - start)
    raw.close()
    return rate
  })
}

async function withBus<R>(
  work: (bus: ReturnType<typeof openEmbeddedBus>, database: Database) => Promise<R>,
): Promise<R> {
  return inFolder(async (dir) => {
    const database = new Database(openSqlite(join(dir, 'bus.db')), () => undefined)
    await database.migrate(coreMigrations, { now: () => new Date() })
    const bus = openEmbeddedBus({ database, clock: systemClock, log: silentLog })
    await bus.start()
    try {
      return await work(bus, database)
    } finally {
      await bus.close()
      await database.close()
    }
  })
}

/** Publishes with `width` transactions waiting at any moment, until every event is handled. */
function published(width: number): Promise<number> {
  return withBus(async (bus, database) => {
    let handled = 0
    await bus.consume({ name: 'b/e', module: 'b', type: 'post.published', from: 'new' }, () => {
      handled++
    })
    let sent = 0
    const start = performance.now()
    const publisher = async (): Promise<void> => {
      while (performance.now() - start < RUN_MS) {
        const subject = `post/${sent++}`
        await database.transaction((tx) =>
          bus.publish(tx, { type: 'post.published', source: '/b', subject, data: PAYLOAD }),
        )
      }
    }
    await Promise.all(Array.from({ length: width }, publisher))
    await bus.settle()
    const rate = (handled * 1000) / (performance.now() - start)
    if (handled !== sent) throw new Error(`${sent} published, ${handled} handled`)
    return rate
  })
}

function replayed(): Promise<number> {
  return withBus(async (bus, database) => {
    for (let done = 0; done < BACKLOG; done += 1_000) {
      await database.transaction(async (tx) => {
        for (let i = 0; i < 1_000; i++) {
          const subject = `post/${done + i}`
          await bus.publish(tx, { type: 'post.published', source: '/b', subject, data: PAYLOAD })
        }
      })
    }
    let handled = 0
    const from = 'beginning'
    const start = performance.now()
    await bus.consume({ name: 'r/e', module: 'r', type: 'post.published', from }, () => {
      handled++
    })
    await bus.settle()
    const rate = (handled * 1000) / (performance.now() - start)
    if (handled !== BACKLOG) throw new Error(`${handled} of ${BACKLOG} replayed`)
    return rate
  })
}
