import { moderate } from './content.ts'
import type { Desk } from './desk.ts'
import { UNDO_MS, undoSince } from './undo.ts'

/** Of one run; the next takes the rest. */
const AT_ONCE = 100
/** After the last moment at which it could be taken back. */
const MARGIN_MS = 250

/** Deletes as soon as what has just been decided stands; what dies with the process is the job's. */
export function deleteSoon(desk: Desk): void {
  const { log, signal } = desk.app
  const timer = setTimeout(() => {
    deleteDecided(desk).catch((error: unknown) => {
      log.warn('What was to be deleted waits for the next minute', { error })
    })
  }, UNDO_MS + MARGIN_MS)
  timer.unref()
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
}

/** Deletes for good what was decided to be deleted and can no longer be brought back. */
export async function deleteDecided(desk: Desk): Promise<void> {
  const { app, db } = desk
  const now = app.clock.now()
  const due = await db.reader
    .selectFrom('moderation_decisions')
    .select(['id', 'subject', 'decided_by'])
    .where('deed', '=', 'delete')
    .where('deleted_at', 'is', null)
    .where('undone_at', 'is', null)
    .where('restored_at', 'is', null)
    .where('decided_at', '<', undoSince(now))
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  for (const { id, subject, decided_by: actorId } of due) {
    try {
      await moderate(desk, subject, { act: 'delete', actorId })
    } catch (error) {
      app.log.warn('What was to be deleted waits for the next minute', { subject, error })
      continue
    }
    await db.transaction(async (tx) => {
      const { numUpdatedRows } = await tx.db
        .updateTable('moderation_decisions')
        .set({ deleted_at: now.toISOString() })
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      /* The job and the timer may meet, here or on two nodes. */
      if (numUpdatedRows === 0n) return
      const after = { state: 'gone', decision: id }
      await tx.record({ action: 'report.deleted', outcome: 'done', actorId, subject, after })
    })
  }
}
