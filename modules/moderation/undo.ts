import type { Actor, ModuleDb, ModuleTransaction } from '#core'
import { errors } from './errors.ts'
import type { ModerationTables } from './tables.ts'

type Reader = ModuleDb<ModerationTables>['reader']

/** How long a decision can be taken back. */
const UNDO_MS = 10_000

/**
 * Opens a report again that this moderator has decided within ten seconds. Where its reporter has
 * filed another about the same thing meanwhile, the decision stands.
 *
 * @throws QL_MODERATION_UNDO_OVER, also for reports of others and such as there are not.
 */
export async function reopen(
  tx: ModuleTransaction<ModerationTables>,
  moderator: Actor,
  id: string,
  now: Date,
): Promise<void> {
  const row = await tx.db
    .updateTable('moderation_reports as report')
    .set({ state: 'open', decided_at: null, decided_by: null, note: '' })
    .where('id', '=', id)
    .where('state', '!=', 'open')
    .where('decided_by', '=', moderator.id)
    .where('decided_at', '>=', sinceOf(now))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('moderation_reports as other')
            .select('other.id')
            .where('other.state', '=', 'open')
            .whereRef('other.reporter_id', '=', 'report.reporter_id')
            .whereRef('other.subject', '=', 'report.subject'),
        ),
      ),
    )
    .returning('subject')
    .executeTakeFirst()
  if (!row) throw errors.QL_MODERATION_UNDO_OVER()
  const options = { subject: `report/${id}`, actor: moderator.id }
  await tx.publish('report.reopened', { id, subject: row.subject }, options)
}

/** What this moderator can still take back, the last first. */
export async function lastDecided(
  reader: Reader,
  moderator: Actor,
  now: Date,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('moderation_reports')
    .select('id')
    .where('state', '!=', 'open')
    .where('decided_by', '=', moderator.id)
    .where('decided_at', '>=', sinceOf(now))
    .orderBy('decided_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

function sinceOf(now: Date): string {
  return new Date(now.getTime() - UNDO_MS).toISOString()
}
