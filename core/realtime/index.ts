import type { OpenTransaction } from '../../db/index.ts'
import type { CallName, Json } from '../port/events.ts'

/** What an update says: members of a JSON object beside its type. */
export type UpdateData = Readonly<Record<string, Json>>

/** One update for many people, written to JSON once. */
export interface Telling {
  /** See {@link Realtime.push}. */
  readonly type: string
  /**
   * What everybody hears at once; up to 128 KiB where `kept` stands in the logs. Absent: each hears
   * what `kept` says to them.
   */
  readonly data?: UpdateData
  /**
   * What the logs keep in its place, so that they stay small and never tell what is gone: who reads
   * a log later is told what the call `by` of the same module says then. It is asked
   * `{userId, references}` and answers a list of the same length: an update `{k, …}`, or null for
   * what is nothing to this person any more; such a line becomes `{"k":"void"}`.
   */
  readonly kept?: { readonly by: CallName; readonly reference: UpdateData }
  /** Each once; `me` is added to what this one person hears, as its last member. */
  readonly people: readonly { readonly userId: string; readonly me?: UpdateData }[]
}

/** Something said to all who follow a topic, without a line for each of them. */
export interface TopicTelling {
  readonly topic: string
  /** Dense per topic: whoever lacks one asks for it. */
  readonly ev: number
  readonly type: string
  readonly data: UpdateData
  /** Who may not be told the same: they hear what the source of topics says to each. */
  readonly apart?: readonly string[]
}

/** Somebody's first socket has opened, or the last one has been closed for some seconds. */
export interface PresenceChange {
  readonly userId: string
  readonly isOnline: boolean
  /** ISO 8601, UTC */
  readonly at: string
}

/** Tells people's open pages and programs what has happened (`ql.rt/1`). */
export interface Realtime {
  /**
   * One row in the person's update log, in the same transaction; their sockets are woken after the
   * commit. Clients get it at least once, in order, also when they were away (up to 30 days or 5 000
   * updates), and apply it once. Say absolute values (`unread: 3`), never increments.
   *
   * @param type `msg.new`: small letters, digits, dots and hyphens.
   * @throws Error when the type is malformed, `data` has a member `k`, or is above 32 KiB as JSON.
   */
  push(tx: OpenTransaction, userId: string, type: string, data: UpdateData): Promise<void>
  /** The same for many people; what it says is written to JSON once. Nobody is told twice. */
  pushAll(
    tx: OpenTransaction,
    userIds: readonly string[],
    type: string,
    data: UpdateData,
  ): Promise<void>
  /** One row for each person, and for each what concerns only them. */
  tell(tx: OpenTransaction, telling: Telling): Promise<void>
  /** To the open sockets of all who follow the topic, after the commit. */
  tellTopic(tx: OpenTransaction, telling: TopicTelling): Promise<void>
  /** After the commit these people follow a topic they did not: their sockets ask again which. */
  joinTopics(tx: OpenTransaction, userIds: readonly string[]): void
  /** In the same tick as the commit these people hear no more of the topic. */
  leaveTopic(tx: OpenTransaction, topic: string, userIds: readonly string[]): void
  /** Who of them has an open socket of this process. */
  online(userIds: readonly string[]): string[]
  /** For open sockets of this process only: ephemeral, dropped first, never replayed. */
  signal(userIds: readonly string[], type: string, data: UpdateData): void
}
