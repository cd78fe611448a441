import type { PGlite } from '@electric-sql/pglite'
import {
  type Changes,
  type Connections,
  PostgresSession,
  type Row,
  type Session,
  type Value,
} from '../../db/index.ts'

/** PGlite is one connection: whoever is in a transaction keeps all others waiting. */
class Queue {
  #last: Promise<unknown> = Promise.resolve()

  run<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }
}

const queue = new Queue()

/** Uses the one connection when all who came before have done with it. */
export function inTurn<R>(work: () => Promise<R>): Promise<R> {
  return queue.run(work)
}

/** Connections to one schema of the one connection there is. */
export function connectionsInTurn(pglite: PGlite, schema: string): Connections {
  const turn = new Turn(queue, () => pglite.exec(`set search_path to ${schema}`))
  const inner = new PostgresSession({
    query: async (sql, parameters) => {
      const { rows, affectedRows } = await pglite.query(sql, parameters)
      return { rows, rowCount: affectedRows ?? rows.length }
    },
  })
  const writer = new TurnTakingWriter(inner, turn)
  return {
    dialect: 'postgres',
    reader: new TurnTakingReader(inner, turn),
    writer,
    snapshot: (read) =>
      turn.once(async () => {
        await pglite.exec('begin isolation level repeatable read read only')
        try {
          return await read(inner)
        } finally {
          await pglite.exec('rollback')
        }
      }),
    close: async () => undefined,
  }
}

/** The right to use the one connection, with this database's schema in force. */
class Turn {
  readonly #queue: Queue
  readonly #enter: () => Promise<unknown>
  #leave: (() => void) | undefined

  constructor(turns: Queue, enter: () => Promise<unknown>) {
    this.#queue = turns
    this.#enter = enter
  }

  once<R>(work: () => Promise<R>): Promise<R> {
    return this.#queue.run(async () => {
      await this.#enter()
      return work()
    })
  }

  get isHeld(): boolean {
    return this.#leave !== undefined
  }

  async take(): Promise<void> {
    await new Promise<void>((taken) => {
      void this.#queue.run(async () => {
        await this.#enter()
        await new Promise<void>((left) => {
          this.#leave = left
          taken()
        })
      })
    })
  }

  give(): void {
    this.#leave?.()
    this.#leave = undefined
  }
}

class TurnTakingReader implements Session {
  readonly dialect = 'postgres'
  readonly #inner: PostgresSession
  readonly #turn: Turn

  constructor(inner: PostgresSession, turn: Turn) {
    this.#inner = inner
    this.#turn = turn
  }

  all(sql: string, parameters?: readonly Value[]): Promise<Row[]> {
    return this.#turn.once(() => this.#inner.all(sql, parameters))
  }

  run(sql: string): Promise<Changes> {
    return Promise.reject(new Error(`The reader cannot write: ${sql}`))
  }

  exec(sql: string): Promise<void> {
    return Promise.reject(new Error(`The reader cannot write: ${sql}`))
  }
}

/** Holds the turn from `begin` to `commit` or `rollback`. */
class TurnTakingWriter implements Session {
  readonly dialect = 'postgres'
  readonly #inner: PostgresSession
  readonly #turn: Turn

  constructor(inner: PostgresSession, turn: Turn) {
    this.#inner = inner
    this.#turn = turn
  }

  all(sql: string, parameters?: readonly Value[]): Promise<Row[]> {
    return this.#inner.all(sql, parameters)
  }

  run(sql: string, parameters?: readonly Value[]): Promise<Changes> {
    return this.#inner.run(sql, parameters)
  }

  async exec(sql: string): Promise<void> {
    if (sql === 'begin') await this.#turn.take()
    try {
      await this.#inner.exec(sql)
    } finally {
      if (sql === 'commit' || sql === 'rollback') this.#turn.give()
    }
  }
}
