import type { OpenTransaction } from '../../db/index.ts'
import type { Locale } from '../port/requests.ts'
import type { Scheduler } from '../jobs/scheduler.ts'

/** One letter to one person. `composeLetter` makes subject, text and HTML of the same words. */
export interface Letter {
  /** One address in its canonical spelling. */
  readonly to: string
  readonly locale: Locale
  /** What it is about: `confirm`, `reset`, `notification` … */
  readonly kind: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Where one click ends letters of this kind; becomes `List-Unsubscribe` (RFC 8058). */
  readonly unsubscribeUrl?: string
  /** A link only this person may have; without SMTP the owner and the console are shown it. */
  readonly link?: string
}

/** A letter as the queue and the mailbox show it. */
export interface QueuedLetter extends Letter {
  readonly id: string
  /** `ready`: will be tried; `kept`: waits in the mailbox; `dead`: given up. */
  readonly state: 'ready' | 'kept' | 'dead'
  readonly attempts: number
  /** Why the last attempt failed. */
  readonly error: string
  /** ISO 8601 */
  readonly createdAt: string
  /** ISO 8601: when it is tried next. */
  readonly nextAt: string
}

/** The station's post office. */
export interface Mail {
  /** False: letters wait in the mailbox at `/admin/mailbox`. */
  readonly isConfigured: boolean
  /**
   * Queues the letter beside the state change that causes it. It leaves after the commit, at least
   * once: a crash between sending and writing that down sends it again under the same Message-ID.
   * Failed attempts are repeated for about six hours, then the letter is dead.
   *
   * @throws Error when `to` is no address.
   */
  send(tx: OpenTransaction, letter: Letter): Promise<void>
  /**
   * Counts one more letter of this kind to this address, for paths that anybody can make send.
   * Ask before queueing, and answer the same either way.
   *
   * @returns false when there were already `max` (default 3) within the last hour.
   */
  mayWriteTo(address: string, kind: string, max?: number): boolean
}

/** What the station itself needs beside what others may use. */
export interface PostOffice extends Mail {
  /** Begins to send what is due; what cannot be sent is forgotten by a daily job. */
  start(scheduler: Pick<Scheduler, 'add'>): Promise<void>
  /** Answers when nothing is due by the clock. */
  settle(): Promise<void>
  stop(): Promise<void>
  /** Newest first; at most 200. */
  letters(state?: QueuedLetter['state']): Promise<readonly QueuedLetter[]>
  find(id: string): Promise<QueuedLetter | null>
  /** Tries a dead letter once more. @returns false when there is no such letter. */
  retry(id: string): Promise<boolean>
}

export { composeLetter } from './compose-letter.ts'
