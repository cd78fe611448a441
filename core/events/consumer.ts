import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import { PermanentError, RetryAfterError } from './bus.ts'
import type {
  Consumer,
  ConsumerOptions,
  Deliver,
  DeliveryFacts,
  Effect,
  LoggedEvent,
} from './bus.ts'
import { Deliveries, type Delivery } from './deliveries.ts'
import { Floor } from './floor.ts'
import type { Outbox } from './outbox.ts'

export interface ConsumerParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
}

const BATCH = 512
/** More than this waiting in memory, and the consumer reads the log again. */
const MAX_PENDING = 1_024
const DUE_BATCH = 64
/** Waits after the first, second … attempt; the sixth failure is the last. */
const BACKOFF_S = [1, 5, 30, 120, 600]
const JITTER = 0.2
const MAX_ERROR_LENGTH = 500

/**
 * One durable subscription. New events are read in order behind the floor. An event that fails
 * leaves the line and becomes a row of its own, so that only later events of its subject wait.
 */
export class EmbeddedConsumer implements Consumer {
  readonly #options: ConsumerOptions
  readonly #deliver: Deliver
  readonly #parts: ConsumerParts
  readonly #floor: Floor
  readonly #deliveries: Deliveries
  readonly #blocked = new Set<string>()
  /** Rung since the log was last read to its end; only then do they stand for the log. */
  #pending: LoggedEvent[] = []
  #isLive = false
  #running: Promise<void> | undefined
  #isAwake = false
  #isStopped = false
  #timer: NodeJS.Timeout | undefined

  constructor(options: ConsumerOptions, deliver: Deliver, parts: ConsumerParts, floor: Floor) {
    this.#options = options
    this.#deliver = deliver
    this.#parts = parts
    this.#floor = floor
    this.#deliveries = new Deliveries(parts.database, options.name)
  }

  get name(): string {
    return this.#options.name
  }

  get deliveries(): Deliveries {
    return this.#deliveries
  }

  /** Begins where this name stopped; an event that keeps killing the process is given up. */
  async start(): Promise<void> {
    for (const subject of await this.#deliveries.blockedSubjects()) this.#blocked.add(subject)
    if (this.#floor.isPoisoned) await this.#giveUpFirst()
    this.wake()
  }

  /** An event has just been committed. One that is handed over here need not be read back. */
  offer(logged: LoggedEvent): void {
    if (logged.event.type !== this.#options.type) return
    if (this.#isLive && this.#pending.length < MAX_PENDING) this.#pending.push(logged)
    else this.#isLive = false
    this.wake()
  }

  /** Something may have been committed that was not offered: reads the log. */
  lookAgain(): void {
    this.#isLive = false
    this.wake()
  }

  /** Looks for work now. Cheap when there is none. */
  wake(): void {
    this.#isAwake = true
    if (this.#isStopped) return
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#isAwake) this.wake()
    })
  }

  /** Answers when nothing is deliverable now. */
  async idle(): Promise<void> {
    this.wake()
    while (this.#running) await this.#running
    await this.#floor.flush()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#running
    await this.#floor.close()
  }

  async behind(): Promise<number> {
    return this.#parts.outbox.countAfter(this.#options.type, this.#floor.value)
  }

  /** Goes back: events from `seq` on are delivered once more, whatever became of them. */
  async rewind(seq: number): Promise<void> {
    await this.#running
    await this.#parts.database.transaction((tx) => this.#floor.rewind(tx, Math.max(0, seq - 1)))
    this.lookAgain()
  }

  /** Puts a dead letter back in line, or away for good. */
  async revive(seq: number, isRetry: boolean): Promise<void> {
    const dead = (await this.#deliveries.dead()).find((delivery) => delivery.seq === seq)
    if (!dead) throw new Error(`There is no dead letter ${this.name}#${seq}`)
    await this.#parts.database.transaction(async (tx) => {
      if (isRetry) {
        await this.#deliveries.write(tx, {
          ...dead,
          state: 'ready',
          attempts: 0,
          nextAt: this.#now(),
        })
      } else await this.#deliveries.remove(tx, seq)
    })
    if (isRetry) this.#blocked.add(dead.subject)
    this.wake()
  }

  async #run(): Promise<void> {
    while (this.#isAwake && !this.#isStopped) {
      this.#isAwake = false
      try {
        await this.#takeNew()
        if (this.#blocked.size > 0) await this.#takeDue()
      } catch (error) {
        /* The database refused; the poll or the next event tries again from the same place. */
        this.#parts.log.error('A consumer stands still', {
          consumer: this.name,
          error: String(error),
        })
        this.#isAwake = false
        this.#isLive = false
      }
    }
  }

  async #takeNew(): Promise<void> {
    while (!this.#isStopped) {
      const batch = this.#isLive ? this.#takePending() : await this.#readLog()
      if (batch.length === 0 && this.#isLive) return
      for (const logged of batch) {
        if (this.#isStopped) return
        if (logged.seq <= this.#floor.value) continue
        const pending = this.#takeOne(logged)
        if (pending) await pending
      }
    }
  }

  #takePending(): LoggedEvent[] {
    const batch = this.#pending
    this.#pending = []
    return batch
  }

  /** Live before the read: what is committed during it is offered, and known by its number. */
  async #readLog(): Promise<LoggedEvent[]> {
    this.#isLive = true
    this.#pending = []
    const batch = await this.#parts.outbox.read(this.#options.type, this.#floor.value, BATCH)
    if (batch.length === BATCH) this.#isLive = false
    return batch
  }

  /** Answers at once when the handler does, so that a replay costs no turn of the event loop. */
  #takeOne(logged: LoggedEvent): Promise<void> | undefined {
    const { seq, event } = logged
    if (this.#blocked.has(event.subject)) return this.#hold(logged)
    const facts: DeliveryFacts = { attempt: 1, replay: seq <= this.#floor.replayUntil }
    try {
      const result = this.#deliver(event, facts)
      if (result instanceof Promise) return this.#finish(logged, result)
      if (result && result.length > 0) return this.#finish(logged, Promise.resolve(result))
      this.#floor.advance(seq)
      return undefined
    } catch (error) {
      return this.#fail(logged, 1, error)
    }
  }

  async #finish(logged: LoggedEvent, result: Promise<readonly Effect[] | void>): Promise<void> {
    try {
      const effects = (await result) ?? []
      if (effects.length === 0) return this.#floor.advance(logged.seq)
      await this.#parts.database.transaction(async (tx) => {
        for (const effect of effects) await effect(tx)
        await this.#floor.commitWith(tx, logged.seq)
      })
    } catch (error) {
      await this.#fail(logged, 1, error)
    }
  }

  /** Behind an earlier event of its subject. */
  async #hold({ seq, event }: LoggedEvent): Promise<void> {
    const held: Delivery = {
      seq,
      subject: event.subject,
      state: 'held',
      attempts: 0,
      nextAt: this.#now(),
      error: '',
    }
    await this.#parts.database.transaction(async (tx) => {
      await this.#deliveries.write(tx, held)
      await this.#floor.commitWith(tx, seq)
    })
  }

  async #takeDue(): Promise<void> {
    for (;;) {
      const due = await this.#deliveries.ready(this.#now(), DUE_BATCH)
      for (const delivery of due) {
        if (this.#isStopped) return
        await this.#retry(delivery)
      }
      if (due.length === 0) return this.#setAlarm()
    }
  }

  /** The attempt is counted before it is made, so that one which kills the process counts. */
  async #retry(delivery: Delivery): Promise<void> {
    const { seq, subject } = delivery
    const attempt = delivery.attempts + 1
    const event = await this.#parts.outbox.find(seq)
    if (!event) return this.#settle(seq, subject, [])
    const nextAt = this.#after(attempt, undefined)
    await this.#parts.database.transaction((tx) =>
      this.#deliveries.write(tx, { ...delivery, attempts: attempt, nextAt }),
    )
    try {
      const effects = (await this.#deliver(event, { attempt, replay: false })) ?? []
      await this.#settle(seq, subject, effects)
    } catch (error) {
      await this.#fail({ seq, event }, attempt, error)
    }
  }

  async #settle(seq: number, subject: string, effects: readonly Effect[]): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      for (const effect of effects) await effect(tx)
      await this.#deliveries.remove(tx, seq)
      await this.#releaseNext(tx, subject)
    })
  }

  async #fail({ seq, event }: LoggedEvent, attempt: number, error: unknown): Promise<void> {
    const isLast = error instanceof PermanentError || attempt > BACKOFF_S.length
    const { subject } = event
    this.#blocked.add(subject)
    await this.#parts.database.transaction(async (tx) => {
      await this.#deliveries.write(tx, {
        seq,
        subject,
        state: isLast ? 'dead' : 'ready',
        attempts: attempt,
        nextAt: this.#after(attempt, error),
        error: String(error).slice(0, MAX_ERROR_LENGTH),
      })
      await this.#floor.commitWith(tx, seq)
      if (isLast) await this.#releaseNext(tx, subject)
    })
    const facts = {
      consumer: this.name,
      event: event.id,
      type: event.type,
      attempt,
      error: String(error),
    }
    if (isLast) this.#parts.log.error('An event became a dead letter', facts)
    else this.#parts.log.warn('A handler failed; the event is tried again', facts)
    await this.#setAlarm()
  }

  async #releaseNext(tx: OpenTransaction, subject: string): Promise<void> {
    const isMore = await this.#deliveries.release(tx, subject, this.#now())
    if (!isMore) tx.onCommit(() => void this.#blocked.delete(subject))
    tx.onCommit(() => {
      this.#isAwake = true
    })
  }

  async #giveUpFirst(): Promise<void> {
    const [first] = await this.#parts.outbox.read(this.#options.type, this.#floor.value, 1)
    if (!first) return
    await this.#fail(
      first,
      1,
      new PermanentError('The process stopped each time while delivering this'),
    )
  }

  /** The next retry rings by itself; a failed look-up is made up for by the poll. */
  async #setAlarm(): Promise<void> {
    clearTimeout(this.#timer)
    const next = await this.#deliveries.nextDue()
    if (next === undefined || this.#isStopped) return
    const delay = Math.max(0, Date.parse(next) - this.#parts.clock.now().getTime())
    this.#timer = setTimeout(() => this.wake(), delay)
    this.#timer.unref()
  }

  #after(attempt: number, error: unknown): string {
    const seconds = BACKOFF_S[attempt - 1] ?? BACKOFF_S.at(-1) ?? 0
    const jittered = seconds * 1000 * (1 + JITTER * Math.random())
    const delayMs = error instanceof RetryAfterError ? error.delayMs : jittered
    return new Date(this.#parts.clock.now().getTime() + delayMs).toISOString()
  }

  #now(): string {
    return this.#parts.clock.now().toISOString()
  }
}
