import type { Database, Scope, Session } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { newId } from '../ids.ts'
import type { StationLog } from '../log/log.ts'
import type { SectionValues } from '../settings/index.ts'
import type { PersonalExports } from './export/personal-exports.ts'
import type { PrivacyTables } from './tables.ts'

const DAY_MS = 86_400_000
const MAX_REPORTS = 100

export interface RetentionParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly audit: Pick<AuditLog, 'retain'>
  readonly exports: PersonalExports
  readonly settings: Pick<SectionValues, 'retention'>
}

/** What one daily run has removed: category → how many; -1 where it failed. */
export interface RetentionReport {
  readonly id: string
  /** ISO 8601, UTC */
  readonly at: string
  readonly removed: Readonly<Record<string, number>>
}

type Sweep = (before: (days: number) => string) => Promise<number>

/** Removes once a day what has been kept as long as the operator has set, and writes it down. */
export class Retention {
  readonly #parts: RetentionParts
  readonly #scope: Scope<PrivacyTables>

  constructor(parts: RetentionParts) {
    this.#parts = parts
    this.#scope = parts.database.scope('')
  }

  /** One category that fails does not keep the others. */
  async run(): Promise<RetentionReport> {
    const now = this.#parts.clock.now()
    const before = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString()
    const removed: Record<string, number> = {}
    for (const [category, sweep] of Object.entries(this.#sweeps())) {
      removed[category] = await counted(category, () => sweep(before), this.#parts.log)
    }
    const report = { id: newId(), at: now.toISOString(), removed }
    await this.#parts.database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      await db
        .insertInto('retention_reports')
        .values({ ...report, removed: JSON.stringify(removed) })
        .execute()
      const { auditDays } = this.#parts.settings.retention
      await db.deleteFrom('retention_reports').where('at', '<', before(auditDays)).execute()
    })
    return report
  }

  /** Newest first. */
  async reports(limit = MAX_REPORTS): Promise<RetentionReport[]> {
    const rows = await this.#scope.reader
      .selectFrom('retention_reports')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ removed, ...row }) => ({ ...row, removed: JSON.parse(removed) }))
  }

  #sweeps(): Readonly<Record<string, Sweep>> {
    const { log, audit, exports, settings } = this.#parts
    const { logDays, auditDays, sessionDays, unconfirmedDays } = settings.retention
    return {
      logLines: (before) => log.trim(new Date(before(logDays))),
      auditRows: (before) => audit.retain(new Date(before(auditDays))),
      sessions: (before) =>
        this.#delete('delete from sessions where ended_at < ? or expires_at < ?', [
          before(sessionDays),
          before(sessionDays),
        ]),
      registrations: (before) =>
        this.#delete('delete from registrations where created_at < ? or expires_at < ?', [
          before(unconfirmedDays),
          before(1),
        ]),
      links: (before) =>
        this.#delete('delete from account_links where expires_at < ?', [before(1)]),
      archives: () => exports.expire(),
      archiveNotes: (before) =>
        this.#delete(
          `delete from personal_exports where state not in ('running', 'ready') and created_at < ?`,
          [before(sessionDays)],
        ),
    }
  }

  #delete(...statement: Parameters<Session['run']>): Promise<number> {
    return this.#parts.database.transaction(async ({ session }) => {
      const { changes } = await session.run(...statement)
      return changes
    })
  }
}

async function counted(category: string, sweep: () => Promise<number>, log: Log): Promise<number> {
  try {
    return await sweep()
  } catch (error) {
    log.error('What is too old could not be removed; it is tried again the next day', {
      category,
      error: String(error),
    })
    return -1
  }
}
