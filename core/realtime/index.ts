import type { OpenTransaction } from '../../db/index.ts'
import type { Json } from '../app.ts'

/** What an update says: members of a JSON object beside its type. */
export type UpdateData = Readonly<Record<string, Json>>

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
  /** For open sockets of this process only: ephemeral, dropped first, never replayed. */
  signal(userIds: readonly string[], type: string, data: UpdateData): void
}
