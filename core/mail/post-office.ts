import type { Config } from '../../config.ts'
import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import { canonicalEmail } from '../auth/identity/email.ts'
import { RateLimiter } from '../http/guards/rate-limiter.ts'
import { Rounds } from '../jobs/rounds.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { StationLog } from '../log/log.ts'
import { type Carrier, RefusedForGoodError } from './carrier.ts'
import type { Letter, PostOffice, QueuedLetter } from './index.ts'
import { type Claimed, LetterQueue } from './letter-queue.ts'
import { SmtpCarrier } from './smtp-carrier.ts'

export interface PostOfficeParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log & Pick<StationLog, 'atConsole'>
  readonly config: Pick<Config, 'mail' | 'server' | 'station' | 'rateLimits'>
  /** False: letters are written, and sent by another process or the next start. */
  readonly deliver: boolean
}

/** Waits after the first, second … failed attempt; the eighth failure is the last. */
const WAITS_S = [5, 30, 120, 600, 1800, 3600, 4 * 3600]
/** Up to a fifth longer, so that what failed together is not tried together again. */
const JITTER = 0.2
const POLL_MS = 5_000
const BATCH = 4
const HOUR_S = 3_600
/** Of a letter that nobody carries or takes; its links end long before. */
const KEPT_DAYS = 14

export function openPostOffice(parts: PostOfficeParts): PostOffice {
  return new QueueingPostOffice(parts)
}

class QueueingPostOffice implements PostOffice {
  readonly #queue: LetterQueue
  readonly #carrier: Carrier | null
  readonly #limiter: RateLimiter | null
  readonly #isDelivering: boolean
  readonly #log: PostOfficeParts['log']
  readonly #rounds: Rounds

  constructor({ database, clock, log, config, deliver }: PostOfficeParts) {
    this.#queue = new LetterQueue(database, clock)
    this.#carrier = carrierOf(config)
    this.#limiter = config.rateLimits ? new RateLimiter(clock) : null
    this.#isDelivering = deliver && this.#carrier !== null
    this.#log = log
    this.#rounds = new Rounds({
      everyMs: POLL_MS,
      take: () => this.#sendDue(),
      failed: (error) => log.error('The mail queue stands still', { error: String(error) }),
    })
  }

  get isConfigured(): boolean {
    return this.#carrier !== null
  }

  async send(tx: OpenTransaction, letter: Letter): Promise<void> {
    if (canonicalEmail(letter.to) !== letter.to) throw new Error('A letter needs one address')
    await this.#queue.add(tx, letter, this.isConfigured ? 'ready' : 'kept')
    tx.onCommit(() => {
      if (this.isConfigured) this.#rounds.wake()
      else this.#announce(letter)
    })
  }

  mayWriteTo(address: string, kind: string, max = 3): boolean {
    return (this.#limiter?.take(`${kind} ${address}`, max, HOUR_S) ?? 0) === 0
  }

  async start(scheduler: Pick<Scheduler, 'add'>): Promise<void> {
    await scheduler.add('core/letters', '17 3 * * *', () => this.#queue.forget(KEPT_DAYS))
    if (this.#isDelivering) this.#rounds.start()
  }

  settle(): Promise<void> {
    return this.#rounds.settle()
  }

  async stop(): Promise<void> {
    await this.#rounds.stop()
    this.#carrier?.close()
  }

  letters(state?: QueuedLetter['state']): Promise<readonly QueuedLetter[]> {
    return this.#queue.list(state)
  }

  find(id: string): Promise<QueuedLetter | null> {
    return this.#queue.find(id)
  }

  async retry(id: string): Promise<boolean> {
    const isFound = await this.#queue.retry(id)
    if (isFound) this.#rounds.wake()
    return isFound
  }

  /**
   * The operator of a station without SMTP hands over by hand what a person waits for. The link opens
   * an account, so it is said and not written down.
   */
  #announce({ to, kind, subject, link }: Letter): void {
    if (link === undefined) return
    this.#log.atConsole('A letter waits in the mailbox', { to, kind, subject, link })
  }

  async #sendDue(): Promise<number> {
    const claimed = await this.#queue.claim(BATCH)
    await Promise.all(claimed.map((one) => this.#deliver(one)))
    return claimed.length
  }

  async #deliver(claimed: Claimed): Promise<void> {
    try {
      await this.#carrier?.carry(claimed.letter.id, claimed.letter)
    } catch (error) {
      await this.#failed(claimed, error)
      return
    }
    await this.#queue.sent(claimed)
  }

  async #failed(claimed: Claimed, error: unknown): Promise<void> {
    const waitMs = waitAfter(claimed.attempt, error)
    const { id, kind } = claimed.letter
    const fields = { letter: id, kind, attempt: claimed.attempt, error: String(error) }
    if (waitMs === undefined) this.#log.error('A letter cannot be sent', fields)
    else this.#log.warn('A letter was not sent; it is tried again', fields)
    await this.#queue.failed(claimed, String(error), waitMs)
  }
}

function carrierOf({ mail, server, station }: PostOfficeParts['config']): Carrier | null {
  if (mail.smtpUrl === null) return null
  const host = server.publicUrl === null ? 'localhost' : new URL(server.publicUrl).hostname
  const name = station.name.replaceAll(/["\\<>\p{C}]/gu, '')
  const from = mail.from ?? `"${name}" <noreply@${host}>`
  return new SmtpCarrier(mail.smtpUrl, { from, domain: host })
}

function waitAfter(attempt: number, error: unknown): number | undefined {
  const seconds = WAITS_S[attempt - 1]
  if (seconds === undefined || error instanceof RefusedForGoodError) return undefined
  return seconds * 1000 * (1 + JITTER * Math.random())
}
