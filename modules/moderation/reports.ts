import { type Actor, type ModuleDb, type ModuleTransaction, newId } from '#core'
import { errors } from './errors.ts'
import type { DecisionBody, NewReport, Report } from './schema.ts'
import type { ModerationTables, ReportTable } from './tables.ts'

type Tx = ModuleTransaction<ModerationTables>
type Reader = ModuleDb<ModerationTables>['reader']

/** Reports of one part of the queue. */
export const IN_PART = 30

/** Files a report. While the person's earlier one about the same thing is open, it is that one. */
export async function file(
  tx: Tx,
  reporter: Actor,
  report: NewReport,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  const { subject, path, reason, text = '' } = report
  const id = newId()
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('moderation_reports')
    .values({
      id,
      reporter_id: reporter.id,
      subject,
      path,
      reason,
      text: text.trim(),
      state: 'open',
      created_at: now.toISOString(),
      decided_at: null,
      decided_by: null,
      note: '',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(numInsertedOrUpdatedRows ?? 0) === 0) {
    const { id: open } = await tx.db
      .selectFrom('moderation_reports')
      .select('id')
      .where('reporter_id', '=', reporter.id)
      .where('subject', '=', subject)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow()
    return { id: open, isNew: false }
  }
  /* Who reported is nobody's business but the moderators': the event names no actor. */
  await tx.publish(
    'report.created',
    { id, subject, path, reason },
    { subject: `report/${id}`, actor: null },
  )
  return { id, isNew: true }
}

/**
 * Decides once: of two moderators at the same moment one is told that the other was first.
 *
 * @throws QL_MODERATION_REPORT_NOT_FOUND, QL_MODERATION_DECIDED
 */
export async function decide(
  tx: Tx,
  moderator: Actor,
  id: string,
  { decision, note = '' }: DecisionBody,
  now: Date,
): Promise<void> {
  const row = await tx.db
    .updateTable('moderation_reports')
    .set({
      state: decision,
      decided_at: now.toISOString(),
      decided_by: moderator.id,
      note: note.trim(),
    })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('subject')
    .executeTakeFirst()
  if (row) {
    const options = { subject: `report/${id}`, actor: moderator.id }
    await tx.publish('report.decided', { id, subject: row.subject, decision }, options)
    return
  }
  const known = await tx.db
    .selectFrom('moderation_reports')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  throw known ? errors.QL_MODERATION_DECIDED() : errors.QL_MODERATION_REPORT_NOT_FOUND()
}

/** Open reports from the oldest, decided ones from the newest. */
export async function listReports(
  reader: Reader,
  state: ReportTable['state'],
  cursor?: string,
  size: number = IN_PART,
): Promise<{ items: readonly Report[]; nextCursor: string | null }> {
  const isOpen = state === 'open'
  const rows = await reader
    .selectFrom('moderation_reports')
    .selectAll()
    .where('state', '=', state)
    .$if(cursor !== undefined, (query) => query.where('id', isOpen ? '>' : '<', cursor ?? ''))
    .orderBy('id', isOpen ? 'asc' : 'desc')
    .limit(size + 1)
    .execute()
  const items = rows.slice(0, size).map(reportIn)
  return { items, nextCursor: rows.length > size ? (items.at(-1)?.id ?? null) : null }
}

export async function countOpen(reader: Reader): Promise<number> {
  const { count } = await reader
    .selectFrom('moderation_reports')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(count)
}

function reportIn(row: ReportTable): Report {
  return {
    id: row.id,
    reporterId: row.reporter_id,
    subject: row.subject,
    path: row.path,
    reason: row.reason,
    text: row.text,
    state: row.state,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    note: row.note,
  }
}
