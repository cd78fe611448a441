import type { MigrationContext } from '../migrator.ts'

/** Update logs may keep where something stands in place of what it says. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .alterTable('realtime_updates')
    /* The call that tells what the row means now; null: `data` is what it says. */
    .addColumn('resolver', 'text')
    .execute()
}
