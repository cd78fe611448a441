import type { OpenTransaction } from '../../db/index.ts'
import type { CloudEvent } from '../port/events.ts'
import type { ConsumerParts } from './consumer-parts.ts'
import { type Cursor, OvertakenError } from './cursor.ts'
import { type Deliver, type Effect, PermanentError } from './bus.ts'
import { Deliveries, type Delivery } from './deliveries.ts'
import { MAX_ATTEMPTS, waitAfter } from './retry-schedule.ts'

const MAX_ERROR_LENGTH = 500
const CUT_OFF = `The process ended each of ${MAX_ATTEMPTS} times while this was being handled`

export interface RetryParts extends ConsumerParts {
  readonly consumer: string
  readonly deliver: Deliver
  readonly cursor: Cursor
}

/**
 * The deliveries of one consumer that left the line: each is a row, so that only later events of
 * its subject wait. An attempt is counted before it is made: one that kills the process counts.
 */
export class Retries {
  readonly #parts: RetryParts
  readonly #deliveries: Deliveries
  readonly #blocked = new Set<string>()
  #dueAtMs = Infinity
  /** Written down as running, its outcome not yet. */
  #begun: Delivery | undefined

  constructor(parts: RetryParts) {
    this.#parts = parts
    this.#deliveries = new Deliveries(parts.database, parts.consumer)
  }

  /** Milliseconds since 1970 of the next attempt; infinity when none waits. */
  get dueAtMs(): number {
    return this.#dueAtMs
  }

  get isDue(): boolean {
    return this.#dueAtMs !== Infinity && this.#dueAtMs <= this.#nowMs()
  }

  /** True when an event of the subject must wait for an earlier one. */
  isBlocked(subject: string): boolean {
    return this.#blocked.size > 0 && this.#blocked.has(subject)
  }

  /** Before the first delivery of a run. */
  async suspectRunning(tx: OpenTransaction): Promise<void> {
    await this.#deliveries.suspectRunning(tx)
  }

  async load(): Promise<void> {
    if (this.#begun) await this.#giveBack(this.#begun)
    this.#blocked.clear()
    for (const subject of await this.#deliveries.blockedSubjects()) this.#blocked.add(subject)
    /* Looks once, because what a crash cut off is due whatever its time says. */
    this.#dueAtMs = this.#blocked.size > 0 ? 0 : Infinity
  }

  /** An event waits behind an earlier one of its subject. */
  async hold(tx: OpenTransaction, seq: number, subject: string): Promise<void> {
    await this.#deliveries.add(tx, { ...this.#newRow(seq, subject), state: 'held' })
  }

  /** The first attempt has failed. */
  async putOff(tx: OpenTransaction, seq: number, event: CloudEvent, error: unknown): Promise<void> {
    const row = { ...this.#newRow(seq, event.subject), attempts: 1 }
    const after = this.#afterFailure(row, error)
    await this.#deliveries.add(tx, after)
    tx.onCommit(() => this.#note(after, event))
  }

  /**
   * Delivers an event that may have ended the process before; the delivery that was cut off counts
   * as the first. Only one consumer of the bus at a time, so that the culprit alone is blamed.
   */
  async takeSuspect(
    seq: number,
    event: CloudEvent,
    alongside: (tx: OpenTransaction) => Promise<void>,
  ): Promise<void> {
    const row: Delivery = { ...this.#newRow(seq, event.subject), state: 'running', attempts: 2 }
    await this.#parts.database.transaction(async (tx) => {
      await alongside(tx)
      await this.#deliveries.add(tx, row)
    })
    this.#begun = row
    this.#blocked.add(event.subject)
    await this.#parts.caution.run(() => this.#attempt(row, event))
  }

  /** Tries the oldest that is due, or finds out when the next one will be. */
  async takeDue(): Promise<void> {
    const row = await this.#deliveries.firstDue(this.#now())
    if (!row) {
      this.#dueAtMs = await this.#deliveries.nextDue()
      return
    }
    const event = await this.#parts.outbox.find(row.seq)
    if (!event) return this.#finish(row, [])
    if (row.attempts >= MAX_ATTEMPTS) return this.#fail(row, event, new PermanentError(CUT_OFF))
    const begun: Delivery = { ...row, state: 'running', attempts: row.attempts + 1 }
    const attempt = async (): Promise<void> => {
      await this.#parts.database.transaction((tx) => this.#deliveries.change(tx, row, begun))
      this.#begun = begun
      await this.#attempt(begun, event)
    }
    await (row.state === 'suspect' ? this.#parts.caution.run(attempt) : attempt())
  }

  async #attempt(row: Delivery, event: CloudEvent): Promise<void> {
    const replay = this.#parts.cursor.isReplay(row.seq)
    try {
      const effects = await this.#parts.deliver(event, { attempt: row.attempts, replay })
      await this.#finish(row, effects ?? [])
    } catch (error) {
      if (error instanceof OvertakenError) throw error
      await this.#fail(row, event, error)
    }
  }

  async #finish(row: Delivery, effects: readonly Effect[]): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.#deliveries.remove(tx, row)
      for (const effect of effects) await effect(tx)
      await this.#release(tx, row.subject)
    })
    this.#begun = undefined
  }

  async #fail(row: Delivery, event: CloudEvent, error: unknown): Promise<void> {
    const after = this.#afterFailure(row, error)
    await this.#parts.database.transaction(async (tx) => {
      await this.#deliveries.change(tx, row, after)
      if (after.state === 'dead') await this.#release(tx, row.subject)
      tx.onCommit(() => this.#note(after, event))
    })
    this.#begun = undefined
  }

  /** The outcome could not be written, or somebody else has taken over. */
  async #giveBack(begun: Delivery): Promise<void> {
    this.#begun = undefined
    try {
      await this.#parts.database.transaction((tx) =>
        this.#deliveries.change(tx, begun, { ...begun, state: 'ready', nextAt: this.#now() }),
      )
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error
    }
  }

  async #release(tx: OpenTransaction, subject: string): Promise<void> {
    const isMore = await this.#deliveries.release(tx, subject, this.#now())
    tx.onCommit(() => {
      if (isMore) this.#dueAtMs = 0
      else this.#blocked.delete(subject)
    })
  }

  /** What a failure means for the time to come, once it is written down. */
  #note(after: Delivery, event: CloudEvent): void {
    const { consumer, log } = this.#parts
    const { seq, attempts, error } = after
    const facts = { consumer, seq, event: event.id, type: event.type, attempts, error }
    if (after.state === 'dead') {
      log.error('An event became a dead letter', facts)
      return
    }
    this.#blocked.add(after.subject)
    this.#dueAtMs = Math.min(this.#dueAtMs, Date.parse(after.nextAt))
    log.warn('A handler failed; the event will be tried again', facts)
  }

  #afterFailure(row: Delivery, error: unknown): Delivery {
    const waitMs = waitAfter(row.attempts, error)
    return {
      ...row,
      state: waitMs === undefined ? 'dead' : 'ready',
      nextAt: new Date(this.#nowMs() + (waitMs ?? 0)).toISOString(),
      error: String(error).slice(0, MAX_ERROR_LENGTH),
    }
  }

  #newRow(seq: number, subject: string): Delivery {
    return { seq, subject, state: 'ready', attempts: 0, nextAt: this.#now(), error: '' }
  }

  #now(): string {
    return new Date(this.#nowMs()).toISOString()
  }

  #nowMs(): number {
    return this.#parts.clock.now().getTime()
  }
}
