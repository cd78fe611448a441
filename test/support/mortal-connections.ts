import type { Changes, Connections, Row, Session, Value } from '../../db/index.ts'

/**
 * Connections to a real database that end as at a power cut: from one statement on nothing is
 * answered any more, and what was not committed is gone.
 */
export class MortalConnections {
  readonly connections: Connections
  readonly #real: Connections
  #isDead = false
  #writesLeft = Number.POSITIVE_INFINITY
  #isInTransaction = false

  constructor(real: Connections) {
    this.#real = real
    this.connections = {
      ...real,
      reader: this.#mortal(real.reader, () => undefined),
      writer: this.#mortal(real.writer, (sql) => this.#wrote(sql)),
      close: async () => {
        if (!this.#isDead) await real.close()
      },
    }
  }

  /** The end comes with so many more statements of the writer; the last is done, and not answered. */
  dieAfter(writes: number): void {
    this.#writesLeft = writes
  }

  /** At once, whatever is on its way. */
  async die(): Promise<void> {
    this.#isDead = true
    if (this.#isInTransaction) await this.#real.writer.exec('rollback')
    await this.#real.close()
  }

  #wrote(sql: string): void {
    if (/^begin\b/.test(sql)) this.#isInTransaction = true
    else if (/^(?:commit|rollback$)/.test(sql)) this.#isInTransaction = false
    if (--this.#writesLeft <= 0) this.#isDead = true
  }

  #mortal(session: Session, done: (sql: string) => void): Session {
    const alive = (): void => {
      if (this.#isDead) throw new Error('The power is gone')
    }
    const guarded = <R>(sql: string, run: () => R | Promise<R>): R | Promise<R> => {
      alive()
      const after = (result: R): R => {
        done(sql)
        alive()
        return result
      }
      const result = run()
      return result instanceof Promise ? result.then(after) : after(result)
    }
    return {
      dialect: session.dialect,
      all: (sql: string, parameters?: readonly Value[]): Row[] | Promise<Row[]> =>
        guarded(sql, () => session.all(sql, parameters)),
      run: (sql: string, parameters?: readonly Value[]): Changes | Promise<Changes> =>
        guarded(sql, () => session.run(sql, parameters)),
      exec: (sql: string): void | Promise<void> => guarded(sql, () => session.exec(sql)),
    }
  }
}
