import type { OpenTransaction } from '../../db/index.ts'
import type { Json } from '../port/events.ts'

/** Something a person, a program or a stranger did or tried to do. */
export interface AuditEntry {
  /** `user.role-changed`, `session.ended`, `settings.changed` … */
  readonly action: string
  readonly outcome: 'done' | 'refused'
  /** Who did it. Left out: whoever the current request comes from, if anybody. */
  readonly actorId?: string
  /** What it was done to, as `user/<id>`. */
  readonly subject?: string
  /** Left out: the address of the current request. */
  readonly ip?: string
  /** Left out: the session of the current request. */
  readonly sessionId?: string
  /** Only what changed, without secrets; more than 8 KiB of JSON is cut. */
  readonly before?: Json
  readonly after?: Json
}

/**
 * The log of what was done to the station. It only grows: the database itself refuses to change or
 * to remove a row, and each row is sealed together with the one before it.
 */
export interface Audit {
  /**
   * Writes one row. With `tx` it is durable together with the change it tells of; without, it is a
   * transaction of its own, which is what a refused attempt needs, because the work of that attempt
   * is rolled back.
   *
   * @throws DatabaseError `nested-transaction` without `tx` inside a transaction.
   */
  record(entry: AuditEntry, tx?: OpenTransaction): Promise<void>
}

/** One row as it is shown. */
export interface AuditRecord {
  /** Counts from 1 without gaps. */
  readonly seq: number
  /** ISO 8601, UTC */
  readonly at: string
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly actorId: string | null
  readonly subject: string | null
  readonly ip: string | null
  readonly sessionId: string | null
  readonly before: Json
  readonly after: Json
}

export interface AuditFilter {
  /** `user` finds `user.blocked` and all others that begin so. */
  readonly area?: string
  readonly outcome?: 'done' | 'refused'
  readonly actorId?: string
  readonly subject?: string
  /** ISO 8601: not earlier than, earlier than. */
  readonly from?: string
  readonly until?: string
}

/** Newest first. */
export interface AuditPage {
  readonly items: readonly AuditRecord[]
  /** `null` at the end. */
  readonly nextCursor: string | null
}

/** Whether every row is what was written, and none is missing in between. */
export type Verification =
  | { readonly isWhole: true; readonly rows: number; readonly at: string }
  | {
      readonly isWhole: false
      readonly rows: number
      readonly at: string
      /** The first row that is not what was written, or that is missing. */
      readonly brokenSeq: number
      readonly fault: 'changed' | 'missing'
    }
