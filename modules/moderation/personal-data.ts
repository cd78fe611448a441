import type { App, ErasedSubject, ExportedData } from '#core'
import type { Desk } from './desk.ts'

/** What people have reported, in their own words. */
export function bindPersonalData(app: App, desk: Desk): void {
  app.onUserExport(({ userId }) => exportReports(desk, userId))
  app.onUserErase(async (person) => ({ erased: { reports: await eraseReports(desk, person) } }))
}

async function exportReports({ db }: Desk, userId: string): Promise<ExportedData> {
  const reports = await db.reader
    .selectFrom('moderation_reports')
    .select(['id', 'subject', 'path', 'reason', 'text', 'state', 'created_at', 'decided_at'])
    .where('reporter_id', '=', userId)
    .orderBy('id')
    .execute()
  const decisions = await db.reader
    .selectFrom('moderation_decisions')
    .select(['id', 'subject', 'deed', 'reason', 'words', 'title', 'excerpt', 'decided_at'])
    .select(['deleted_at', 'restored_at', 'answer', 'answered_at', 'upheld_at'])
    .where('author_id', '=', userId)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
  return {
    files: [
      { path: 'reports.json', json: reports.map((row) => ({ ...row })) },
      { path: 'decisions.json', json: decisions.map((row) => ({ ...row })) },
    ],
  }
}

/**
 * Reports about the person go with what they were about; those by the person lose their words, and
 * the decision stays. Decisions about what the person had published keep no word of it.
 */
async function eraseReports({ db }: Desk, { userId }: ErasedSubject): Promise<number> {
  return db.transaction(async (tx) => {
    const about = await tx.db
      .deleteFrom('moderation_reports')
      .where('subject', '=', `user/${userId}`)
      .executeTakeFirst()
    const by = await tx.db
      .updateTable('moderation_reports')
      .set({ text: '', note: '', path: '/' })
      .where('reporter_id', '=', userId)
      .executeTakeFirst()
    const nameless = await tx.db
      .deleteFrom('moderation_decisions')
      .where('subject', '=', `user/${userId}`)
      .executeTakeFirst()
    const decided = await tx.db
      .updateTable('moderation_decisions')
      .set({ author_id: null, title: '', excerpt: '', words: '', note: '', answer: '' })
      .where('author_id', '=', userId)
      .executeTakeFirst()
    return (
      Number(about.numDeletedRows) +
      Number(by.numUpdatedRows) +
      Number(nameless.numDeletedRows) +
      Number(decided.numUpdatedRows)
    )
  })
}
