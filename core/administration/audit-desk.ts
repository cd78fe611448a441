import type { Actor } from '../port/requests.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { exportAudit } from '../audit/export.ts'
import type { AuditFilter, AuditPage, Verification } from '../audit/index.ts'

/** The log of what was done, as staff read it. */
export interface AuditDesk {
  /** Newest first; at most 100. */
  list(filter?: AuditFilter, limit?: number, cursor?: string): Promise<AuditPage>
  /** Reads the whole chain of seals; itself a row of the log. */
  verify(actor: Actor): Promise<Verification>
  /** What {@link verify} has found last, if anybody has asked since the start. */
  lastVerification(): Promise<Verification | null>
  /**
   * The newest 50 000 rows that fit, newest first: a table that no spreadsheet runs, or JSON
   * lines. Itself a row of the log.
   */
  export(actor: Actor, filter: AuditFilter, format: 'csv' | 'json'): Promise<string>
}

export class AuditReading implements AuditDesk {
  readonly #audit: AuditLog

  constructor(audit: AuditLog) {
    this.#audit = audit
  }

  list(filter?: AuditFilter, limit?: number, cursor?: string): Promise<AuditPage> {
    return this.#audit.list(filter, limit, cursor)
  }

  async verify(actor: Actor): Promise<Verification> {
    const found = await this.#audit.verify()
    const after = { rows: found.rows, isWhole: found.isWhole }
    await this.#audit.record({
      action: 'audit.verified',
      outcome: 'done',
      actorId: actor.id,
      after,
    })
    return found
  }

  async lastVerification(): Promise<Verification | null> {
    return this.#audit.lastVerification ?? null
  }

  async export(actor: Actor, filter: AuditFilter, format: 'csv' | 'json'): Promise<string> {
    const text = await exportAudit(this.#audit, filter, format)
    const after = { format, ...filter }
    await this.#audit.record({
      action: 'audit.exported',
      outcome: 'done',
      actorId: actor.id,
      after,
    })
    return text
  }
}
