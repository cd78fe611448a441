import type { App, ErasedSubject, ExportedData, ModuleDb } from '#core'
import type { UserTables } from './tables.ts'

type Db = ModuleDb<UserTables>

/** What people have said of themselves: handed over whole, and gone with them. */
export function bindPersonalData(app: App): void {
  const db = app.db<UserTables>()
  app.onUserExport(({ userId }) => exportProfile(db, userId))
  app.onUserErase(async (person) => ({ erased: { profiles: await eraseProfile(db, person) } }))
}

async function exportProfile(db: Db, userId: string): Promise<ExportedData> {
  const row = await db.reader
    .selectFrom('user_management_profiles')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { files: row ? [{ path: 'profile.json', json: { ...row } }] : [] }
}

/** Posts that stay need somebody to stand under them: a name that is nobody's. */
async function eraseProfile(
  db: Db,
  { userId, content, tombstone }: ErasedSubject,
): Promise<number> {
  return db.transaction(async ({ db: tables }) => {
    if (content === 'delete') {
      const { numDeletedRows } = await tables
        .deleteFrom('user_management_profiles')
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return Number(numDeletedRows)
    }
    const { numUpdatedRows } = await tables
      .updateTable('user_management_profiles')
      .set({
        username: tombstone,
        display_name: tombstone,
        bio: '',
        place: '',
        links: '[]',
        flavour: 'up',
        time_zone: 'UTC',
        consent_version: null,
        consent_at: null,
      })
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
}
