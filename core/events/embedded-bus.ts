import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { CloudEvent } from '../port/events.ts'
import type {
  Bus,
  Consumer,
  ConsumerLag,
  ConsumerOptions,
  Deliver,
  LoggedEvent,
  NewEvent,
} from './bus.ts'
import type { ConsumerParts } from './consumer-parts.ts'
import { EmbeddedConsumer } from './consumer.ts'
import { register, rewind } from './cursor.ts'
import { DeadLetters } from './dead-letters.ts'
import { type LogLine, Outbox } from './outbox.ts'
import { Turns } from './turns.ts'

export interface BusParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** False: events are only written; another process or the next start delivers them. */
  readonly deliver?: boolean
}

/** Safety net for what no commit of this process announces: retries, other processes. */
const POLL_MS = 1_000
const CATCH_UP_BATCH = 512

const LAG = `select c.name,
    (select count(*) from events e where e.type = c.type and e.seq > c.floor) +
      (select count(*) from event_deliveries d where d.consumer = c.name and d.state <> 'dead')
      as behind,
    (select e.envelope from events e where e.type = c.type and e.seq > c.floor
      order by e.seq limit 1) as oldest_new,
    (select e.envelope from event_deliveries d join events e on e.seq = d.seq
      where d.consumer = c.name and d.state <> 'dead' order by d.seq limit 1) as oldest_held,
    (select count(*) from event_deliveries d where d.consumer = c.name and d.state = 'dead')
      as dead
  from event_consumers c order by c.name`
const PLACES = `select c.name, c.generation,
    (select min(next_at) from event_deliveries d where d.consumer = c.name and d.state = 'ready')
      as next_at
  from event_consumers c`

/**
 * The bus inside the process. The log is the truth; a commit rings the doorbell, and consumers
 * that keep up take the event from memory. One process at a time should deliver from a database:
 * two stay correct, but do work twice.
 */
export class EmbeddedBus implements Bus {
  readonly deadLetters: DeadLetters
  readonly #parts: ConsumerParts
  readonly #isDelivering: boolean
  readonly #consumers = new Map<string, EmbeddedConsumer>()
  readonly #listeners = new Set<(event: CloudEvent) => void>()
  /** Up to here every event has been announced here. */
  #head = 0
  /** Announced beyond the head: another process's events, or none, stand between. */
  readonly #ahead = new Set<number>()
  #timer: NodeJS.Timeout | undefined
  #catchingUp: Promise<void> | undefined
  #isPollWanted = false

  constructor({ database, clock, log, deliver = true }: BusParts) {
    const outbox = new Outbox(database, clock)
    const inOwnContext = AsyncLocalStorage.snapshot()
    this.#parts = { database, clock, log, outbox, inOwnContext, caution: new Turns() }
    this.#isDelivering = deliver
    this.deadLetters = new DeadLetters(database, clock, (consumer) =>
      this.#consumers.get(consumer)?.reload(),
    )
  }

  /** Must follow the migrations and come before the first consumer. */
  async start(): Promise<void> {
    this.#head = await this.#parts.outbox.lastSeq()
    this.#timer = setInterval(() => void this.#poll(), POLL_MS).unref()
  }

  get consumers(): readonly ConsumerOptions[] {
    return [...this.#consumers.values()].map(({ options }) => options)
  }

  async publish(tx: OpenTransaction, event: NewEvent): Promise<CloudEvent> {
    const line = await this.#parts.outbox.append(tx, event)
    tx.onCommit(() => this.#committed(line))
    return line.event
  }

  async consume(options: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
    if (this.#consumers.has(options.name)) throw new Error(`${options.name} already consumes`)
    if (!this.#isDelivering) {
      await this.#parts.database.transaction((tx) => register(tx, options))
      return { stop: async () => undefined }
    }
    const consumer = new EmbeddedConsumer(options, deliver, this.#parts)
    this.#consumers.set(options.name, consumer)
    const forget = (): void => {
      if (this.#consumers.get(options.name) === consumer) this.#consumers.delete(options.name)
    }
    try {
      await consumer.start()
    } catch (error) {
      forget()
      throw error
    }
    return {
      stop: async () => {
        forget()
        await consumer.stop()
      },
    }
  }

  onCommitted(listener: (event: CloudEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async replay(name: string, fromSeq: number): Promise<void> {
    const consumer = this.#consumers.get(name)
    const reached = consumer?.reached ?? 0
    await this.#parts.database.transaction((tx) => rewind(tx, name, { fromSeq, reached }))
    consumer?.reload()
  }

  tail(seq: number, limit: number): Promise<LoggedEvent[]> {
    return this.#parts.outbox.readAll(seq, limit)
  }

  last(limit: number): Promise<LoggedEvent[]> {
    return this.#parts.outbox.readLast(limit)
  }

  async lag(): Promise<ConsumerLag[]> {
    const rows = await this.#parts.database.reader.all(LAG)
    return rows.map((row) => ({
      consumer: String(row['name']),
      behind: Number(row['behind']),
      since: oldestOf(row['oldest_new'], row['oldest_held']),
      dead: Number(row['dead']),
    }))
  }

  /** Handlers publish what others handle, so it is quiet only when a whole round does nothing. */
  async settle(): Promise<void> {
    let isQuiet = false
    while (!isQuiet) {
      isQuiet = true
      await this.#parts.database.idle()
      await this.#poll()
      for (const consumer of this.#consumers.values()) {
        if (await consumer.settle()) isQuiet = false
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#catchingUp
    await Promise.all([...this.#consumers.values()].map((consumer) => consumer.stop()))
    this.#consumers.clear()
    this.#listeners.clear()
  }

  #committed(line: LogLine & LoggedEvent): void {
    /* The poll has met the row before its publisher was told. */
    if (line.seq <= this.#head) return
    const isNext = line.seq === this.#head + 1
    if (isNext) this.#head = line.seq
    else this.#ahead.add(line.seq)
    this.#announce(line.event)
    if (!isNext) void this.#poll()
    else {
      const { seq, envelope, event } = line
      for (const consumer of this.#consumers.values()) {
        if (consumer.options.type === event.type) consumer.offer({ seq, envelope })
      }
    }
  }

  #announce(event: CloudEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        const facts = { type: event.type, error: String(error) }
        this.#parts.log.error('A listener for committed events failed', facts)
      }
    }
  }

  /** Answers after a look that began no earlier than this call. */
  #poll(): Promise<void> {
    this.#isPollWanted = true
    this.#catchingUp ??= this.#parts.inOwnContext(() => this.#catchUp())
    return this.#catchingUp
  }

  async #catchUp(): Promise<void> {
    while (this.#isPollWanted) {
      this.#isPollWanted = false
      try {
        await this.#announceMissed()
        await this.#checkPlaces()
      } catch (error) {
        this.#parts.log.warn('The event log could not be read', { error: String(error) })
      }
    }
    this.#catchingUp = undefined
  }

  async #checkPlaces(): Promise<void> {
    for (const row of await this.#parts.database.reader.all(PLACES)) {
      const nextAt = row['next_at']
      const dueAtMs = typeof nextAt === 'string' ? Date.parse(nextAt) : Infinity
      this.#consumers.get(String(row['name']))?.check(Number(row['generation']), dueAtMs)
    }
  }

  /** Announces what others have committed since, in order, and sends the consumers to the log. */
  async #announceMissed(): Promise<void> {
    let count = 0
    for (;;) {
      const batch = await this.#parts.outbox.readAll(this.#head, CATCH_UP_BATCH)
      for (const { seq, event } of batch) {
        if (seq <= this.#head) continue
        this.#head = seq
        if (!this.#ahead.delete(seq)) this.#announce(event)
      }
      count += batch.length
      if (batch.length < CATCH_UP_BATCH) break
    }
    if (count > 0) for (const consumer of this.#consumers.values()) consumer.lookBehind()
  }
}

export function openEmbeddedBus(parts: BusParts): EmbeddedBus {
  return new EmbeddedBus(parts)
}

/** When the earlier of two stored events happened. */
function oldestOf(...envelopes: readonly unknown[]): string | null {
  const times = envelopes.flatMap((text) =>
    typeof text === 'string' ? [(JSON.parse(text) as { time: string }).time] : [],
  )
  return times.toSorted()[0] ?? null
}
