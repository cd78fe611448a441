import { type Actor, newId } from '#core'
import type { Desk, Reader, Tx } from './desk.ts'
import type { NewReport } from './schema.ts'
import { tellStaff } from './telling.ts'

interface Filed {
  readonly id: string
  readonly isNew: boolean
}

/**
 * Files a report. While the person's earlier one about the same thing is open, it is that one. Staff
 * hear of it when nothing has waited before.
 */
export async function file(desk: Desk, reporter: Actor, report: NewReport): Promise<Filed> {
  const staff = await desk.app.call('auth.staff', {})
  return desk.db.transaction(async (tx) => {
    const filed = await insert(tx, reporter, report, desk.app.clock.now())
    if (filed.isNew && (await countOpen(tx.db)) === 1) {
      const others = staff.filter((id) => id !== reporter.id)
      await tellStaff(desk, tx, others)
    }
    return filed
  })
}

async function insert(tx: Tx, reporter: Actor, report: NewReport, now: Date): Promise<Filed> {
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
      decision_id: null,
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

/** Things that wait, however many have reported each. */
export async function countOpen(reader: Reader): Promise<number> {
  const { count } = await reader
    .selectFrom('moderation_reports')
    .select(({ fn }) => fn.count('subject').distinct().as('count'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function isAnyOpen(reader: Reader, subjects: readonly string[]): Promise<boolean> {
  if (subjects.length === 0) return false
  const found = await reader
    .selectFrom('moderation_reports')
    .select('id')
    .where('subject', 'in', [...subjects])
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
