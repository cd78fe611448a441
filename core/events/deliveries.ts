import type { Database, OpenTransaction, Row } from '../../db/index.ts'
import { OvertakenError } from './cursor.ts'

/** A delivery that did not simply succeed. */
export interface Delivery {
  readonly seq: number
  readonly subject: string
  /**
   * `ready` at `nextAt`; `running`: begun; `suspect`: begun by a process that has ended; `held`
   * behind an earlier one; `dead`: given up.
   */
  readonly state: 'ready' | 'running' | 'suspect' | 'held' | 'dead'
  /** Begun so far, the running one included. */
  readonly attempts: number
  /** ISO 8601 */
  readonly nextAt: string
  readonly error: string
}

/** The table of one consumer's exceptions. */
export class Deliveries {
  readonly #database: Database
  readonly #consumer: string

  constructor(database: Database, consumer: string) {
    this.#database = database
    this.#consumer = consumer
  }

  /** Subjects with something that is not done; later events of theirs must wait. */
  async blockedSubjects(): Promise<string[]> {
    const rows = await this.#database.reader.all(
      `select distinct subject from event_deliveries where consumer = ? and state <> 'dead'`,
      [this.#consumer],
    )
    return rows.map((row) => String(row['subject']))
  }

  /** The oldest to be tried now: cut off by the end of a process, or due. */
  async firstDue(now: string): Promise<Delivery | undefined> {
    const [row] = await this.#database.reader.all(
      `select seq, subject, state, attempts, next_at, error from event_deliveries where consumer = ?
         and (state = 'suspect' or (state = 'ready' and next_at <= ?)) order by seq limit 1`,
      [this.#consumer, now],
    )
    return row && deliveryOf(row)
  }

  /** When the next one is due, in milliseconds since 1970; infinity when none waits. */
  async nextDue(): Promise<number> {
    const [row] = await this.#database.reader.all(
      `select min(next_at) as next_at from event_deliveries where consumer = ? and state = 'ready'`,
      [this.#consumer],
    )
    const nextAt = row?.['next_at']
    return typeof nextAt === 'string' ? Date.parse(nextAt) : Infinity
  }

  /** Before the first delivery of a run: what was running then has ended with its process. */
  async suspectRunning(tx: OpenTransaction): Promise<void> {
    await tx.session.run(
      `update event_deliveries set state = 'suspect' where consumer = ? and state = 'running'`,
      [this.#consumer],
    )
  }

  async add(tx: OpenTransaction, delivery: Delivery): Promise<void> {
    const { seq, subject, state, attempts, nextAt, error } = delivery
    await tx.session.run(
      `insert into event_deliveries (consumer, seq, subject, state, attempts, next_at, error)
       values (?, ?, ?, ?, ?, ?, ?)`,
      [this.#consumer, seq, subject, state, attempts, nextAt, error],
    )
  }

  /** @throws OvertakenError when somebody else has begun or ended this delivery meanwhile. */
  async change(tx: OpenTransaction, before: Delivery, after: Delivery): Promise<void> {
    const { changes } = await tx.session.run(
      `update event_deliveries set state = ?, attempts = ?, next_at = ?, error = ?
       where consumer = ? and seq = ? and state = ? and attempts = ?`,
      [
        after.state,
        after.attempts,
        after.nextAt,
        after.error,
        this.#consumer,
        before.seq,
        before.state,
        before.attempts,
      ],
    )
    if (changes === 0) throw new OvertakenError(this.#consumer)
  }

  /** @throws OvertakenError as `change`. */
  async remove(tx: OpenTransaction, { seq, state, attempts }: Delivery): Promise<void> {
    const { changes } = await tx.session.run(
      `delete from event_deliveries
       where consumer = ? and seq = ? and state = ? and attempts = ?`,
      [this.#consumer, seq, state, attempts],
    )
    if (changes === 0) throw new OvertakenError(this.#consumer)
  }

  /**
   * Lets the oldest of a subject go when it is held.
   *
   * @returns whether anything of the subject is still not done.
   */
  async release(tx: OpenTransaction, subject: string, now: string): Promise<boolean> {
    const [row] = await tx.session.all(
      `select seq, state from event_deliveries
       where consumer = ? and subject = ? and state <> 'dead' order by seq limit 1`,
      [this.#consumer, subject],
    )
    if (!row) return false
    if (row['state'] === 'held') {
      await tx.session.run(
        `update event_deliveries set state = 'ready', next_at = ? where consumer = ? and seq = ?`,
        [now, this.#consumer, Number(row['seq'])],
      )
    }
    return true
  }
}

function deliveryOf(row: Row): Delivery {
  return {
    seq: Number(row['seq']),
    subject: String(row['subject']),
    state: String(row['state']) as Delivery['state'],
    attempts: Number(row['attempts']),
    nextAt: String(row['next_at']),
    error: String(row['error']),
  }
}
