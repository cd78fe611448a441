import type { Database, OpenTransaction, Row } from '../../db/index.ts'
import type { Clock, CloudEvent } from '../app.ts'
import { newId } from '../ids.ts'
import { type LoggedEvent, type NewEvent, PermanentError } from './bus.ts'

const MAX_HOPS = 16
/** Any number that nobody else locks. */
const POSTGRES_LOCK = 7_316_002

/** The event log: rows beside the state changes they tell of, in the same transaction. */
export class Outbox {
  readonly #database: Database
  readonly #clock: Clock
  readonly #locked = new WeakSet<OpenTransaction>()

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  async append(tx: OpenTransaction, event: NewEvent): Promise<LoggedEvent> {
    const envelope = envelopeOf(event, this.#clock.now())
    await this.#takeTurn(tx)
    const [row] = await tx.session.all(
      'insert into events (id, type, envelope) values (?, ?, ?) returning seq',
      [envelope.id, envelope.type, JSON.stringify(envelope)],
    )
    return { seq: Number(row?.['seq']), event: envelope }
  }

  /** Events of one type after `seq`, oldest first. */
  async read(type: string, seq: number, limit: number): Promise<LoggedEvent[]> {
    const rows = await this.#database.reader.all(
      'select seq, envelope from events where type = ? and seq > ? order by seq limit ?',
      [type, seq, limit],
    )
    return rows.map(logged)
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
    const [found] = await this.readAll(seq - 1, 1)
    return found?.seq === seq ? found.event : undefined
  }

  async lastSeq(): Promise<number> {
    const [row] = await this.#database.reader.all('select max(seq) as seq from events')
    return Number(row?.['seq'] ?? 0)
  }

  async countAfter(type: string, seq: number): Promise<number> {
    const [row] = await this.#database.reader.all(
      'select count(*) as behind from events where type = ? and seq > ?',
      [type, seq],
    )
    return Number(row?.['behind'])
  }

  /**
   * PostgreSQL hands out sequence numbers before the commit, so that a reader could pass a number
   * that becomes visible later. One publisher at a time makes the order of numbers the order of
   * commits; SQLite has one writer anyway.
   */
  async #takeTurn(tx: OpenTransaction): Promise<void> {
    if (tx.session.dialect === 'sqlite' || this.#locked.has(tx)) return
    await tx.session.all(`select pg_advisory_xact_lock(${POSTGRES_LOCK})`)
    this.#locked.add(tx)
  }
}

function logged(row: Row): LoggedEvent {
  return { seq: Number(row['seq']), event: JSON.parse(String(row['envelope'])) as CloudEvent }
}

function envelopeOf(event: NewEvent, now: Date): CloudEvent {
  const { type, source, subject, data, version = 1, actor, touches, cause, correlationId } = event
  const hops = cause ? cause.hops + 1 : 0
  if (hops > MAX_HOPS) {
    throw new PermanentError(
      `${type} would be step ${hops} of a chain of events; at most ${MAX_HOPS}`,
    )
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
