import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { suite, test } from 'node:test'
import { EVERY_DATABASE, type DialectName, openTestConnections } from '../test/support/databases.ts'
import { Database, type OpenTransaction } from './index.ts'
import type { Changes, Row, Session, Value } from './session.ts'

for (const dialect of EVERY_DATABASE) {
  suite(`transactions on ${dialect}`, () => {
    test('those that wait together share a commit', async () => {
      await using t = await open(dialect)
      await Promise.all(Array.from({ length: 50 }, (_, i) => t.insert(`note ${i}`)))
      assert.equal((await t.notes()).length, 50)
      const commits = t.writer.said.filter((sql) => sql === 'commit').length
      assert.ok(commits <= 25, `${commits} commits for 50 transactions`)
    })

    test('one that fails is rolled back alone, wherever it stands in the group', async () => {
      await using t = await open(dialect)
      const texts = ['0', '1', '2', '3', '4', '5']
      const results = await Promise.allSettled(
        texts.map((text) =>
          t.database.transaction(async (tx) => {
            await insert(tx, text)
            if (['0', '2', '5'].includes(text)) throw new Error(`${text} fails`)
            return text
          }),
        ),
      )
      assert.deepEqual(
        results.map((result) => result.status === 'fulfilled' && result.value),
        [false, '1', false, '3', '4', false],
      )
      assert.deepEqual(await t.notes(), ['1', '3', '4'])
    })

    test('a statement that fails leaves the others of the group standing', async () => {
      await using t = await open(dialect)
      const results = await Promise.allSettled(
        ['same', 'other', 'same', 'third'].map((text) => t.insert(text)),
      )
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
      )
      assert.deepEqual(await t.notes(), ['other', 'same', 'third'])
    })

    test('nothing is seen outside before the commit, and all is when it is answered', async () => {
      await using t = await open(dialect)
      const seen: unknown[] = []
      await t.database.transaction(async (tx) => {
        await insert(tx, 'one')
        if (dialect !== 'pglite') seen.push(await t.notes())
        tx.onCommit(() => seen.push('committed'))
      })
      seen.push(await t.notes())
      assert.deepEqual(seen.slice(-2), ['committed', ['one']])
      if (dialect !== 'pglite') assert.deepEqual(seen[0], [])
    })

    test('a hook that throws is reported and stops no other; a rolled-back one never runs', async () => {
      await using t = await open(dialect)
      const ran: string[] = []
      const work = (name: string) => async (tx: OpenTransaction) => {
        tx.onCommit(() => {
          throw new Error(`hook of ${name}`)
        })
        tx.onCommit(() => ran.push(name))
        if (name === 'failing') throw new Error('rolled back')
      }
      await Promise.allSettled(
        ['first', 'failing', 'last'].map((name) => t.database.transaction(work(name))),
      )
      assert.deepEqual(ran, ['first', 'last'])
      assert.deepEqual(t.hookErrors.map(String), ['Error: hook of first', 'Error: hook of last'])
    })

    test('work and hooks keep the context of who began the transaction', async () => {
      await using t = await open(dialect)
      const requests = new AsyncLocalStorage<string>()
      const seen: (string | undefined)[] = []
      const note = (): unknown => seen.push(requests.getStore())
      await Promise.all(
        ['alice', 'bob'].map((name) =>
          requests.run(name, () =>
            t.database.transaction((tx) => {
              note()
              tx.onCommit(note)
            }),
          ),
        ),
      )
      assert.deepEqual(seen, ['alice', 'bob', 'alice', 'bob'])
    })

    test('a second transaction inside one is refused, not waited for', async () => {
      await using t = await open(dialect)
      const nested = t.database.transaction(() => t.insert('inner'))
      await assert.rejects(nested, { fault: 'nested-transaction' })
      assert.equal(t.database.current, undefined)
      await t.insert('afterwards')
      assert.deepEqual(await t.notes(), ['afterwards'])
    })

    test('one that has ended can be used no more', async () => {
      await using t = await open(dialect)
      const kept = await t.database.transaction((tx) => tx)
      assert.equal(kept.isOpen, false)
      assert.throws(() => kept.session, { fault: 'closed-transaction' })
      assert.throws(() => kept.onCommit(() => undefined), { fault: 'closed-transaction' })
    })

    test('when the commit fails everybody in the group is told, and the next ones work', async () => {
      await using t = await open(dialect)
      t.writer.fail('commit', new Error('disk full'))
      const texts = ['1', '2', '3']
      const results = await Promise.allSettled(texts.map((text) => t.insert(text)))
      const told = results.map((result) => result.status === 'rejected' && String(result.reason))
      /* Where a database is slow, the time of a group may end after its first. */
      const kept = texts.filter((_, index) => told[index] === false)
      const failed = texts.slice(0, texts.length - kept.length)
      assert.ok(failed.length > 0)
      assert.deepEqual(told, [...failed.map(() => 'Error: disk full'), ...kept.map(() => false)])
      await t.insert('4')
      assert.deepEqual(await t.notes(), [...kept, '4'])
    })

    test('when none can begin each is told once, and nobody waits for ever', async () => {
      await using t = await open(dialect)
      t.writer.fail(/^begin/, new Error('gone'), 3)
      const results = await Promise.allSettled(['1', '2', '3', '4'].map((text) => t.insert(text)))
      assert.deepEqual(
        results.map(({ status }) => status),
        ['rejected', 'rejected', 'rejected', 'fulfilled'],
      )
      assert.deepEqual(await t.notes(), ['4'])
    })

    test('idle waits for all that has begun', async () => {
      await using t = await open(dialect)
      const inserted = t.insert('one')
      await t.database.idle()
      assert.deepEqual(await t.notes(), ['one'])
      await inserted
    })
  })
}

test('endless writing leaves everything else its turn', async () => {
  await using t = await open('sqlite')
  let turns = 0
  const count = (): void => {
    turns++
    if (turns < 1_000) setImmediate(count)
  }
  count()
  for (let i = 0; i < 20; i++) await t.insert(String(i))
  assert.ok(turns >= 20, `${turns} turns of the event loop during 20 transactions`)
})

interface OpenTest extends AsyncDisposable {
  readonly database: Database
  readonly writer: FaultySession
  readonly hookErrors: readonly unknown[]
  insert(text: string): Promise<void>
  notes(): Promise<unknown[]>
}

async function open(dialect: DialectName): Promise<OpenTest> {
  const { connections, dispose } = await openTestConnections(dialect)
  const writer = new FaultySession(connections.writer)
  const hookErrors: unknown[] = []
  const database = new Database({ ...connections, writer }, (error) => hookErrors.push(error))
  await database.transaction((tx) =>
    tx.session.exec('create table notes (text text not null unique)'),
  )
  writer.said.length = 0
  return {
    database,
    writer,
    hookErrors,
    insert: (text) => database.transaction((tx) => insert(tx, text)),
    notes: async () => {
      const rows = await database.reader.all('select text from notes order by text')
      return rows.map((row) => row['text'])
    },
    [Symbol.asyncDispose]: async () => {
      await database.close()
      await dispose()
    },
  }
}

async function insert(tx: OpenTransaction, text: string): Promise<void> {
  await tx.session.run('insert into notes (text) values (?)', [text])
}

/** A real connection that remembers what it was told and fails where it should. */
class FaultySession implements Session {
  readonly said: string[] = []
  readonly #inner: Session
  #fault: { when: RegExp; error: Error; times: number } | undefined

  constructor(inner: Session) {
    this.#inner = inner
  }

  get dialect(): Session['dialect'] {
    return this.#inner.dialect
  }

  fail(when: string | RegExp, error: Error, times = 1): void {
    this.#fault = { when: new RegExp(when), error, times }
  }

  all(sql: string, parameters?: readonly Value[]): Row[] | Promise<Row[]> {
    return this.#inner.all(sql, parameters)
  }

  run(sql: string, parameters?: readonly Value[]): Changes | Promise<Changes> {
    return this.#inner.run(sql, parameters)
  }

  exec(sql: string): void | Promise<void> {
    this.said.push(sql)
    if (this.#fault?.when.test(sql) && this.#fault.times-- > 0) throw this.#fault.error
    return this.#inner.exec(sql)
  }
}
