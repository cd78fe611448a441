import type { OpenTransaction } from '../../db/index.ts'
import type { CloudEvent } from '../port/events.ts'

export interface NewEvent {
  readonly type: string
  /** `/modules/blog` */
  readonly source: string
  /** `post/<id>` */
  readonly subject: string
  readonly data: unknown
  /** Version of the payload's schema. Default 1. */
  readonly version?: number
  readonly actor?: string
  readonly touches?: readonly string[]
  /** The event whose handler publishes this one. */
  readonly cause?: CloudEvent
  /** The request it began with, where there is no causing event. */
  readonly correlationId?: string
}

/** Runs in the same transaction as the acknowledgement. */
export type Effect = (tx: OpenTransaction) => Promise<void>

export interface DeliveryFacts {
  /** 1 for the first. */
  readonly attempt: number
  readonly replay: boolean
}

/**
 * Handles one event. Returning acknowledges it together with the effects returned; throwing asks
 * for another attempt.
 */
export type Deliver = (
  event: CloudEvent,
  facts: DeliveryFacts,
) => readonly Effect[] | void | Promise<readonly Effect[] | void>

export interface ConsumerOptions {
  /** `<module>/<type>`; the same name goes on where it stopped. */
  readonly name: string
  readonly module: string
  readonly type: string
  /** Where a name seen for the first time begins. */
  readonly from: 'new' | 'beginning'
}

export interface Consumer {
  /** Answers when the running delivery has ended; nothing more is delivered. */
  stop(): Promise<void>
}

export interface DeadLetter {
  readonly consumer: string
  readonly seq: number
  readonly attempts: number
  readonly error: string
  readonly event: CloudEvent
}

export interface ConsumerLag {
  readonly consumer: string
  /** Events not done yet, waiting retries included. */
  readonly behind: number
  /** ISO 8601: when the oldest of them happened; null when nothing waits. */
  readonly since: string | null
  readonly dead: number
}

export interface LoggedEvent {
  readonly seq: number
  readonly event: CloudEvent
}

/**
 * Durable events. Every event reaches every consumer at least once; effects inside the station
 * happen exactly once; events of one subject reach one consumer in order. `conformance.ts` is the
 * suite any driver must pass.
 */
export interface Bus {
  /**
   * Inside an open transaction: durable with it, delivered after its commit.
   *
   * @throws PermanentError when the chain of causes is longer than 16.
   */
  publish(tx: OpenTransaction, event: NewEvent): Promise<CloudEvent>
  /**
   * Begins to deliver: one event at a time, each to every consumer of its type. A failed one is
   * tried again 1 s, 5 s, 30 s, 2 min and 10 min later, each up to a fifth longer, while only later
   * events of its subject wait; then it is a dead letter and they go on. Attempts that end with the
   * process count as well.
   *
   * @throws when the name already consumes in this process.
   */
  consume(options: ConsumerOptions, deliver: Deliver): Promise<Consumer>
  /** Who consumes here now. */
  readonly consumers: readonly ConsumerOptions[]
  /**
   * Called after the commit of each event, in order, before its publisher is answered; for events
   * of other processes within a second or so. The event belongs to all: it must not be changed.
   */
  onCommitted(listener: (event: CloudEvent) => void): () => void
  /**
   * Delivers everything from `fromSeq` on once more to one consumer, whatever became of it.
   *
   * @throws when no consumer of this name has ever existed.
   */
  replay(consumer: string, fromSeq: number): Promise<void>
  readonly deadLetters: {
    /** Oldest first. */
    list(consumer?: string): Promise<DeadLetter[]>
    /** Puts it back in line with all its attempts. @throws when there is no such letter. */
    retry(consumer: string, seq: number): Promise<void>
    /** Puts it away for good. @throws when there is no such letter. */
    skip(consumer: string, seq: number): Promise<void>
  }
  /** Events after `seq`, oldest first. */
  tail(seq: number, limit: number): Promise<LoggedEvent[]>
  /** The newest events, oldest first. */
  last(limit: number): Promise<LoggedEvent[]>
  lag(): Promise<ConsumerLag[]>
  /** Answers when nothing is deliverable now; retries that are not yet due do not count. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Thrown by a handler: no further attempt makes sense. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
}

/** Thrown by a handler: try again after this many milliseconds. */
export class RetryAfterError extends Error {
  override readonly name = 'RetryAfterError'
  readonly delayMs: number

  constructor(message: string, delayMs: number) {
    super(message)
    this.delayMs = delayMs
  }
}
