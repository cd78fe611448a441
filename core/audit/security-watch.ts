import { AsyncLocalStorage } from 'node:async_hooks'
import type { OpenTransaction } from '../../db/index.ts'
import type { SecurityEvent } from '../auth/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Audit } from './index.ts'

/** What repeats within this time becomes one row with a count. */
const FOLD_MS = 60_000
const MAX_OPEN = 1_000

interface Open {
  readonly event: SecurityEvent
  readonly sinceMs: number
  repeats: number
}

/**
 * Writes what the doors refuse into the audit log. The first of its kind from one address is
 * written at once; those that follow within a minute are counted, so that who knocks a million
 * times does not fill the disk.
 */
export class SecurityWatch {
  readonly #audit: Audit
  readonly #clock: Clock
  readonly #log: Log
  readonly #open = new Map<string, Open>()
  readonly #inOwnContext = AsyncLocalStorage.snapshot()
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(audit: Audit, clock: Clock, log: Log) {
    this.#audit = audit
    this.#clock = clock
    this.#log = log
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#closeOld(FOLD_MS), FOLD_MS).unref()
  }

  /** What was done is written in the transaction that does it; what was refused is noted. */
  readonly hear = async (event: SecurityEvent, tx?: OpenTransaction): Promise<void> => {
    if (!tx) return this.note(event)
    const { type, outcome = 'done', userId, actorId, sessionId, ip, before, details } = event
    await this.#audit.record(
      {
        action: type.replaceAll('_', '-'),
        outcome,
        ...(userId === undefined ? {} : { subject: `user/${userId}` }),
        ...(actorId === undefined ? {} : { actorId }),
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(ip === undefined ? {} : { ip }),
        ...(before === undefined ? {} : { before }),
        ...(details === undefined ? {} : { after: details }),
      },
      tx,
    )
  }

  readonly note = (event: SecurityEvent): void => {
    this.#closeOld(FOLD_MS)
    const key = `${event.type} ${event.ip ?? ''} ${event.userId ?? ''}`
    const open = this.#open.get(key)
    if (open) {
      open.repeats++
      return
    }
    if (this.#open.size >= MAX_OPEN) this.#closeOld(0)
    this.#open.set(key, { event, sinceMs: this.#clock.now().getTime(), repeats: 0 })
    this.#write(event, undefined)
  }

  /** Answers when all that was noted is written. */
  async settle(): Promise<void> {
    this.#closeOld(0)
    await this.#writing
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.settle()
  }

  #closeOld(ageMs: number): void {
    const now = this.#clock.now().getTime()
    for (const [key, { event, sinceMs, repeats }] of this.#open) {
      if (now - sinceMs < ageMs) continue
      this.#open.delete(key)
      if (repeats > 0) this.#write(event, repeats)
    }
  }

  /** Whoever's request or transaction it was noted in: the row is one of its own. */
  #write({ type, userId, sessionId, ip }: SecurityEvent, repeats: number | undefined): void {
    const entry = {
      action: type.replaceAll('_', '-'),
      outcome: 'refused' as const,
      ...(userId === undefined ? {} : { subject: `user/${userId}` }),
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(ip === undefined ? {} : { ip }),
      ...(repeats === undefined ? {} : { after: { repeats } }),
    }
    this.#writing = this.#inOwnContext(async () => {
      await this.#writing
      try {
        await this.#audit.record(entry)
      } catch (error) {
        this.#log.error('The audit log could not be written', { error: String(error) })
      }
    })
  }
}
