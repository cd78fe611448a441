import type { Database, Dialect, OpenTransaction, Row } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { CloudEvent } from '../port/events.ts'
import { newId } from '../ids.ts'
import { type LoggedEvent, type NewEvent, PermanentError } from './bus.ts'

const MAX_HOPS = 16

/**
 * PostgreSQL hands out sequence numbers before the commit, so that a reader could pass a number
 * that becomes visible later. There a publisher first takes a lock, which its transaction holds to
 * the end: the order of numbers is the order of commits. The subquery comes first because its
 * function is volatile; the key is any number that nobody else locks. SQLite has one writer anyway.
 */
const APPEND: Record<Dialect, string> = {
  sqlite: 'insert into events (id, type, envelope) values (?, ?, ?) returning seq',
  postgres: `insert into events (id, type, envelope) select ?::text, ?::text, ?::text
    from (select pg_advisory_xact_lock(7316002)) as turn returning seq`,
}

/** A line of the log, not parsed yet: every consumer gets its own copy of the event. */
export type LogLine = {
  readonly seq: number
  readonly envelope: string
}

/** The event log: rows beside the state changes they tell of, in the same transaction. */
export class Outbox {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /** @throws PermanentError when the chain of causes is too long. */
  async append(tx: OpenTransaction, event: NewEvent): Promise<LogLine & LoggedEvent> {
    const made = envelopeOf(event, this.#clock.now())
    const envelope = JSON.stringify(made)
    const parameters = [made.id, made.type, envelope]
    const [row] = await tx.session.all(APPEND[tx.session.dialect], parameters)
    return { seq: Number(row?.['seq']), event: made, envelope }
  }

  /** Lines of one type after `seq`, oldest first. */
  async read(type: string, seq: number, limit: number): Promise<LogLine[]> {
    const rows = await this.#database.reader.all(
      'select seq, envelope from events where type = ? and seq > ? order by seq limit ?',
      [type, seq, limit],
    )
    /* Both columns come in these types from both databases; a copy of each row would be felt. */
    return rows as LogLine[]
  }

  async readAll(seq: number, limit: number): Promise<LoggedEvent[]> {
    const rows = await this.#database.reader.all(
      'select seq, envelope from events where seq > ? order by seq limit ?',
      [seq, limit],
    )
    return rows.map(logged)
  }

  async readLast(limit: number): Promise<LoggedEvent[]> {
    const rows = await this.#database.reader.all(
      'select seq, envelope from events order by seq desc limit ?',
      [limit],
    )
    return rows.map(logged).toReversed()
  }

  async find(seq: number): Promise<CloudEvent | undefined> {
    const [row] = await this.#database.reader.all(
      'select seq, envelope from events where seq = ?',
      [seq],
    )
    return row && logged(row).event
  }

  async lastSeq(): Promise<number> {
    const [row] = await this.#database.reader.all('select max(seq) as seq from events')
    return Number(row?.['seq'] ?? 0)
  }
}

export function logged(row: Row): LoggedEvent {
  return { seq: Number(row['seq']), event: JSON.parse(String(row['envelope'])) as CloudEvent }
}

function envelopeOf(event: NewEvent, now: Date): CloudEvent {
  const { type, source, subject, data, version = 1, actor, touches, cause, correlationId } = event
  const hops = cause ? cause.hops + 1 : 0
  if (hops > MAX_HOPS) {
    const limit = `at most ${MAX_HOPS}`
    throw new PermanentError(`${type} would be step ${hops} of a chain of events; ${limit}`)
  }
  const id = newId()
  return {
    specversion: '1.0',
    id,
    source,
    type,
    subject,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:quark:event:${type}:${version}`,
    data,
    correlationid: cause?.correlationid ?? correlationId ?? id,
    hops,
    ...(actor === undefined ? {} : { actor }),
    ...(cause ? { causationid: cause.id } : {}),
    ...(touches && touches.length > 0 ? { touches: touches.join(' ') } : {}),
  }
}
