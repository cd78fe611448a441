import type { Database, Value } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { DeadLetter } from './bus.ts'
import { logged } from './outbox.ts'

const LIST = `select d.consumer, d.attempts, d.error, d.seq, e.envelope
  from event_deliveries d join events e on e.seq = d.seq
  where d.state = 'dead' and (cast(? as text) is null or d.consumer = ?)
  order by d.seq, d.consumer`
const RETRY = `update event_deliveries set state = 'ready', attempts = 0, next_at = ?
  where consumer = ? and seq = ? and state = 'dead'`
const SKIP = `delete from event_deliveries where consumer = ? and seq = ? and state = 'dead'`

/** What consumers have given up, and a person's decisions about it. */
export class DeadLetters {
  readonly #database: Database
  readonly #clock: Clock
  readonly #onChange: (consumer: string) => void

  /** @param onChange called after a letter has been put back in line. */
  constructor(database: Database, clock: Clock, onChange: (consumer: string) => void) {
    this.#database = database
    this.#clock = clock
    this.#onChange = onChange
  }

  /** Oldest first. */
  async list(consumer?: string): Promise<DeadLetter[]> {
    const rows = await this.#database.reader.all(LIST, [consumer ?? null, consumer ?? null])
    return rows.map((row) => ({
      ...logged(row),
      consumer: String(row['consumer']),
      attempts: Number(row['attempts']),
      error: String(row['error']),
    }))
  }

  /** Puts it back in line with all its attempts. @throws when there is no such letter. */
  async retry(consumer: string, seq: number): Promise<void> {
    await this.#decide(RETRY, [this.#clock.now().toISOString(), consumer, seq])
    this.#onChange(consumer)
  }

  /** Puts it away for good; the event stays in the log. @throws when there is no such letter. */
  async skip(consumer: string, seq: number): Promise<void> {
    await this.#decide(SKIP, [consumer, seq])
  }

  async #decide(statement: string, values: readonly Value[]): Promise<void> {
    const { changes } = await this.#database.transaction((tx) => tx.session.run(statement, values))
    if (changes === 0) throw new Error(`There is no dead letter ${values.slice(-2).join('#')}`)
  }
}
