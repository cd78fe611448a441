import type { Actor } from '#core'
import { setHidden } from './content.ts'
import type { Desk, Reader, Tx } from './desk.ts'
import { errors } from './errors.ts'
import type { DecisionTable } from './tables.ts'

/** How long a decision can be taken back. */
export const UNDO_MS = 10_000

/**
 * Opens the reports again that this moderator has decided within ten seconds, and shows what was
 * hidden by it. Where everybody who had reported it has done so again meanwhile, the decision stands.
 *
 * @throws QL_MODERATION_UNDO_OVER, also for reports of others and such as there are not.
 */
export async function reopen(desk: Desk, moderator: Actor, reportId: string): Promise<void> {
  const now = desk.app.clock.now()
  const decision = await desk.db.transaction(async (tx) => {
    const undone = await undo(tx, moderator, reportId, now)
    if (!undone) throw errors.QL_MODERATION_UNDO_OVER()
    return undone
  })
  const { deed, subject, was_hidden: wasHidden } = decision
  if ((deed === 'hide' || deed === 'delete') && wasHidden === 0) {
    await setHidden(desk, subject, { act: 'restore', actorId: moderator.id })
  }
}

async function undo(
  tx: Tx,
  moderator: Actor,
  reportId: string,
  now: Date,
): Promise<DecisionTable | undefined> {
  const decision = await tx.db
    .updateTable('moderation_decisions')
    .set({ undone_at: now.toISOString() })
    .where('id', 'in', (of) =>
      of.selectFrom('moderation_reports').select('decision_id').where('id', '=', reportId),
    )
    .where('decided_by', '=', moderator.id)
    .where('decided_at', '>=', undoSince(now))
    .where('undone_at', 'is', null)
    .where('restored_at', 'is', null)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!decision) return undefined
  const { id, subject, deed } = decision
  const reopened = await tx.db
    .updateTable('moderation_reports as report')
    .set({ state: 'open', decision_id: null, decided_at: null, decided_by: null, note: '' })
    .where('decision_id', '=', id)
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
    .returning('id')
    .execute()
  if (reopened.length === 0) throw errors.QL_MODERATION_UNDO_OVER()
  for (const report of reopened) {
    const options = { subject: `report/${report.id}`, actor: moderator.id }
    await tx.publish('report.reopened', { id: report.id, subject }, options)
  }
  await tx.withdrawNotifications(`decision/${id}`)
  const after = { reports: reopened.length, decision: id }
  await tx.record({ action: 'report.reopened', outcome: 'done', subject, before: { deed }, after })
  return decision
}

/** A report of what this moderator can still take back, the last decision first. */
export async function lastDecided(
  reader: Reader,
  moderator: Actor,
  now: Date,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('moderation_reports as r')
    .innerJoin('moderation_decisions as d', 'd.id', 'r.decision_id')
    .select('r.id')
    .where('d.decided_by', '=', moderator.id)
    .where('d.decided_at', '>=', undoSince(now))
    .where('d.undone_at', 'is', null)
    .where('d.restored_at', 'is', null)
    .where('d.deleted_at', 'is', null)
    .orderBy('d.decided_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Who has decided since can take it back. */
export function undoSince(now: Date): string {
  return new Date(now.getTime() - UNDO_MS).toISOString()
}
