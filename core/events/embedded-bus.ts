import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, CloudEvent, Log } from '../app.ts'
import type {
  Bus,
  Consumer,
  ConsumerOptions,
  DeadLetter,
  Deliver,
  LoggedEvent,
  NewEvent,
} from './bus.ts'
import { EmbeddedConsumer } from './consumer.ts'
import { Floor } from './floor.ts'
import { Outbox } from './outbox.ts'

export interface BusParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** False: events are only written; another process or the next start delivers them. */
  readonly deliver?: boolean
}

/** Safety net for what the doorbell does not reach: other processes, missed retries. */
const POLL_MS = 1_000
const POLL_BATCH = 500

/** The bus inside the process: the log is the truth, the doorbell only says when to look. */
export class EmbeddedBus implements Bus {
  readonly #parts: BusParts
  readonly #outbox: Outbox
  readonly #consumers = new Map<string, EmbeddedConsumer>()
  readonly #listeners = new Set<(event: CloudEvent) => void>()
  #lastRung = 0
  #timer: NodeJS.Timeout | undefined
  #polling: Promise<void> | undefined

  constructor(parts: BusParts) {
    this.#parts = parts
    this.#outbox = new Outbox(parts.database, parts.clock)
  }

  /** Must follow the migrations and come before the first consumer. */
  async start(): Promise<void> {
    this.#lastRung = await this.#outbox.lastSeq()
    this.#timer = setInterval(() => {
      this.#polling ??= this.#poll().finally(() => {
        this.#polling = undefined
      })
    }, POLL_MS)
    this.#timer.unref()
  }

  async publish(tx: OpenTransaction, event: NewEvent): Promise<CloudEvent> {
    const logged = await this.#outbox.append(tx, event)
    tx.onCommit(() => this.#ring(logged))
    return logged.event
  }

  async consume(options: ConsumerOptions, deliver: Deliver): Promise<Consumer> {
    if (this.#parts.deliver === false) return { stop: async () => undefined }
    const newest = await this.#outbox.lastSeq()
    const floor = await Floor.open(this.#parts.database, options, newest)
    const parts = { ...this.#parts, outbox: this.#outbox }
    const consumer = new EmbeddedConsumer(options, deliver, parts, floor)
    this.#consumers.set(options.name, consumer)
    await consumer.start()
    return {
      stop: async () => {
        this.#consumers.delete(options.name)
        await consumer.stop()
      },
    }
  }

  onCommitted(listener: (event: CloudEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async replay(consumer: string, fromSeq: number): Promise<void> {
    await this.#known(consumer).rewind(fromSeq)
  }

  readonly deadLetters: Bus['deadLetters'] = {
    list: async (consumer) => {
      const rows = await this.#parts.database.reader.all(
        `select consumer, seq, attempts, error from event_deliveries where state = 'dead'
         order by seq, consumer`,
      )
      const letters: DeadLetter[] = []
      for (const row of rows) {
        const name = String(row['consumer'])
        const seq = Number(row['seq'])
        const event = await this.#outbox.find(seq)
        if (!event || (consumer !== undefined && name !== consumer)) continue
        const facts = { attempts: Number(row['attempts']), error: String(row['error']) }
        letters.push({ consumer: name, seq, event, ...facts })
      }
      return letters
    },
    retry: async (consumer, seq) => this.#known(consumer).revive(seq, true),
    skip: async (consumer, seq) => this.#known(consumer).revive(seq, false),
  }

  tail(seq: number, limit: number): Promise<LoggedEvent[]> {
    return this.#outbox.readAll(seq, limit)
  }

  last(limit: number): Promise<LoggedEvent[]> {
    return this.#outbox.readLast(limit)
  }

  async lag(): Promise<{ consumer: string; behind: number; dead: number }[]> {
    const rows = await this.#parts.database.reader.all(
      `select c.name as name,
         (select count(*) from events e where e.type = c.type and e.seq > c.floor) as behind,
         (select count(*) from event_deliveries d
           where d.consumer = c.name and d.state = 'dead') as dead
       from event_consumers c order by c.name`,
    )
    return rows.map((row) => ({
      consumer: String(row['name']),
      behind: Number(row['behind']),
      dead: Number(row['dead']),
    }))
  }

  /** Handlers publish what others handle, so it is quiet only when a whole round adds nothing. */
  async settle(): Promise<void> {
    let before = -1
    for (;;) {
      await this.#parts.database.idle()
      for (const consumer of this.#consumers.values()) await consumer.idle()
      const now = await this.#outbox.lastSeq()
      if (now === before) return
      before = now
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#polling
    for (const consumer of this.#consumers.values()) await consumer.stop()
    this.#consumers.clear()
    this.#listeners.clear()
  }

  /** Numbers rise with commits; a gap is another process's commit, which the poll brings. */
  #ring(logged: LoggedEvent): void {
    const { seq, event } = logged
    if (seq <= this.#lastRung) return
    const isNext = seq === this.#lastRung + 1
    if (isNext) this.#lastRung = seq
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#parts.log.error('A listener failed', { type: event.type, error: String(error) })
      }
    }
    for (const consumer of this.#consumers.values()) {
      if (isNext) consumer.offer(logged)
      else consumer.lookAgain()
    }
  }

  async #poll(): Promise<void> {
    try {
      const missed = await this.#outbox.readAll(this.#lastRung, POLL_BATCH)
      for (const logged of missed) {
        this.#ring(logged)
        this.#lastRung = logged.seq
      }
      for (const consumer of this.#consumers.values()) consumer.wake()
    } catch (error) {
      this.#parts.log.warn('The event log could not be read', { error: String(error) })
    }
  }

  #known(name: string): EmbeddedConsumer {
    const consumer = this.#consumers.get(name)
    if (consumer) return consumer
    throw new Error(`There is no consumer ${name}`)
  }
}

export function openEmbeddedBus(parts: BusParts): EmbeddedBus {
  return new EmbeddedBus(parts)
}
