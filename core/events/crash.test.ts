import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type Changes,
  Database,
  openSqlite,
  type Row,
  type Session,
  type Value,
} from '../../db/index.ts'
import { coreMigrations } from '../../db/migrations/index.ts'
import { silentLog } from '../../test/support/silent-log.ts'
import { systemClock } from '../clock.ts'
import type { CloudEvent } from '../port/events.ts'
import { type EmbeddedBus, openEmbeddedBus } from './embedded-bus.ts'

/* This file runs itself as the process that dies: `node crash.test.ts <scene> <database> <n>`. */

const MAX_STARTS = 12
const EVENTS = 30
const [, , scene, path = '', number = '0'] = process.argv

/** Two consumers of one event, of which one kills the process while the other is at work. */
async function runWithPoison(): Promise<void> {
  await using t = await openBus(path)
  if ((await t.bus.last(1)).length === 0) {
    await consumePoison(t.bus, () => undefined)
    for (const text of ['before', 'poison', 'after']) await publish(t, text)
  } else {
    await consumePoison(t.bus, () => process.kill(process.pid, 'SIGKILL'))
    await t.bus.settle()
    return
  }
  process.kill(process.pid, 'SIGKILL')
}

async function consumePoison(bus: EmbeddedBus, kill: () => void): Promise<void> {
  await bus.consume(consumer('innocent'), async () => {
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
  })
  await bus.consume(consumer('poisoned'), (event) => {
    if (textOf(event) === 'poison') kill()
  })
}

/** Publishes beside a consumer with effects and dies at the n-th write; says what it was promised. */
async function runUntilWrite(deadly: number): Promise<void> {
  await using t = await openBus(path, (session) => new DeadlySession(session, deadly))
  await consumeWithEcho(t.bus)
  const texts = Array.from({ length: EVENTS }, (_, i) => String(i))
  const one = async (text: string): Promise<void> => {
    const { id } = await publish(t, text)
    writeSync(1, `${id}\n`)
  }
  while (true) await Promise.all(texts.map(one))
}

async function consumeWithEcho(bus: EmbeddedBus): Promise<void> {
  await bus.consume({ ...consumer('echo'), from: 'beginning' }, (event) => [
    async (tx) => {
      const data = { text: `echo of ${textOf(event)}` }
      const echo = { type: 'thing.echoed', source: '/test', subject: event.subject, data }
      await bus.publish(tx, { ...echo, cause: event })
    },
  ])
}

/** Kills the process instead of the n-th statement of the writer that follows the migrations. */
class DeadlySession implements Session {
  readonly dialect = 'sqlite'
  readonly #inner: Session
  #left: number
  isArmed = false

  constructor(inner: Session, left: number) {
    this.#inner = inner
    this.#left = left
  }

  all(sql: string, parameters?: readonly Value[]): Row[] | Promise<Row[]> {
    this.#count()
    return this.#inner.all(sql, parameters)
  }

  run(sql: string, parameters?: readonly Value[]): Changes | Promise<Changes> {
    this.#count()
    return this.#inner.run(sql, parameters)
  }

  exec(sql: string): void | Promise<void> {
    this.#count()
    return this.#inner.exec(sql)
  }

  #count(): void {
    if (this.isArmed && --this.#left <= 0) process.kill(process.pid, 'SIGKILL')
  }
}

interface BusOnFile extends AsyncDisposable {
  readonly bus: EmbeddedBus
  readonly database: Database
}

async function openBus(
  file: string,
  wrap: (session: Session) => Session = (session) => session,
): Promise<BusOnFile> {
  const opened = openSqlite(file)
  const writer = wrap(opened.writer)
  const database = new Database({ ...opened, writer }, (error) => {
    throw error
  })
  await database.migrate(coreMigrations, { now: () => new Date() })
  if (writer instanceof DeadlySession) writer.isArmed = true
  const bus = openEmbeddedBus({ database, clock: systemClock, log: silentLog })
  await bus.start()
  return {
    bus,
    database,
    [Symbol.asyncDispose]: async () => {
      await bus.close()
      await database.close()
    },
  }
}

async function databaseFile(): Promise<AsyncDisposable & { readonly path: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'quark-crash-'))
  return {
    path: join(dir, 'quark.db'),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  }
}

async function run(
  name: 'poison' | 'sweep',
  file: string,
  n = 0,
): Promise<{ wasKilled: boolean; output: string }> {
  const child = spawn(process.execPath, [import.meta.filename, name, file, String(n)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...how) => resolve(how))
  })
  assert.ok(signal === 'SIGKILL' || code === 0, `the process ended with ${code ?? signal}`)
  return { wasKilled: signal === 'SIGKILL', output }
}

function publish({ database, bus }: BusOnFile, text: string): Promise<CloudEvent> {
  const event = { type: 'thing.done', source: '/test', subject: `thing/${text}`, data: { text } }
  return database.transaction((tx) => bus.publish(tx, event))
}

function consumer(module: string) {
  return { name: `${module}/thing.done`, module, type: 'thing.done', from: 'new' } as const
}

function textOf(event: CloudEvent): string {
  return (event.data as { text: string }).text
}

if (scene === 'poison') await runWithPoison()
else if (scene === 'sweep') await runUntilWrite(Number(number))
else {
  test('an event that kills the process each time ends as a dead letter, and takes no other along', async () => {
    await using file = await databaseFile()
    let deaths = 0
    while ((await run('poison', file.path)).wasKilled) {
      deaths++
      assert.ok(deaths < MAX_STARTS, 'the station never comes up')
    }
    await using t = await openBus(file.path)
    const letters = await t.bus.deadLetters.list()
    assert.deepEqual(
      letters.map((letter) => [letter.consumer, textOf(letter.event), letter.attempts]),
      [['poisoned/thing.done', 'poison', 6]],
    )
    assert.equal(deaths, 6)
    assert.deepEqual(await t.bus.lag(), [
      { consumer: 'innocent/thing.done', behind: 0, since: null, dead: 0 },
      { consumer: 'poisoned/thing.done', behind: 0, since: null, dead: 1 },
    ])
  })

  for (const write of [1, 2, 3, 5, 8, 20, 45, 110, 300]) {
    test(`killed at write ${write}: what was acknowledged is there, with its effect exactly once`, async () => {
      await using file = await databaseFile()
      const { wasKilled, output } = await run('sweep', file.path, write)
      assert.ok(wasKilled)
      await using t = await openBus(file.path)
      await consumeWithEcho(t.bus)
      await t.bus.settle()
      const log = await t.bus.tail(0, 1_000)
      const done = log.filter(({ event }) => event.type === 'thing.done')
      const echoes = log.filter(({ event }) => event.type === 'thing.echoed')
      const known = new Set(done.map(({ event }) => event.id))
      for (const id of output.split('\n').filter(Boolean)) assert.ok(known.has(id), `${id} is lost`)
      const causes = echoes.map(({ event }) => event.causationid)
      assert.equal(causes.length, known.size)
      assert.deepEqual(new Set(causes), known)
    })
  }
}
