import type { Database, OpenTransaction, Row } from '../../db/index.ts'

/** A delivery that did not simply succeed. */
export interface Delivery {
  readonly seq: number
  readonly subject: string
  readonly state: 'ready' | 'held' | 'dead'
  readonly attempts: number
  /** ISO 8601 */
  readonly nextAt: string
  readonly error: string
}

/** The exceptions of one consumer: what waits for another attempt, and what waits behind it. */
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

  /** Ready ones in the order of events; `before` limits to those due. */
  async ready(before: string, limit: number): Promise<Delivery[]> {
    const rows = await this.#database.reader.all(
      `select * from event_deliveries where consumer = ? and state = 'ready' and next_at <= ?
       order by seq limit ?`,
      [this.#consumer, before, limit],
    )
    return rows.map(deliveryOf)
  }

  async nextDue(): Promise<string | undefined> {
    const [row] = await this.#database.reader.all(
      `select min(next_at) as next_at from event_deliveries where consumer = ? and state = 'ready'`,
      [this.#consumer],
    )
    const next = row?.['next_at']
    return next === null || next === undefined ? undefined : String(next)
  }

  async dead(): Promise<Delivery[]> {
    const rows = await this.#database.reader.all(
      `select * from event_deliveries where consumer = ? and state = 'dead' order by seq`,
      [this.#consumer],
    )
    return rows.map(deliveryOf)
  }

  async write(tx: OpenTransaction, delivery: Delivery): Promise<void> {
    const { seq, subject, state, attempts, nextAt, error } = delivery
    await tx.session.run(
      `insert into event_deliveries (consumer, seq, subject, state, attempts, next_at, error)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (consumer, seq) do update set state = excluded.state,
         attempts = excluded.attempts, next_at = excluded.next_at, error = excluded.error`,
      [this.#consumer, seq, subject, state, attempts, nextAt, error],
    )
  }

  async remove(tx: OpenTransaction, seq: number): Promise<void> {
    await tx.session.run('delete from event_deliveries where consumer = ? and seq = ?', [
      this.#consumer,
      seq,
    ])
  }

  /**
   * Makes the next held event of a subject ready.
   *
   * @returns false when nothing of the subject waits any more.
   */
  async release(tx: OpenTransaction, subject: string, now: string): Promise<boolean> {
    const { changes } = await tx.session.run(
      `update event_deliveries set state = 'ready', next_at = ?
       where consumer = ? and seq = (select min(seq) from event_deliveries
         where consumer = ? and subject = ? and state = 'held')`,
      [now, this.#consumer, this.#consumer, subject],
    )
    return changes > 0
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
