import type { MigrationContext } from '../migrator.ts'

/** The call that says who may see a picture because of what uses it; null: everybody. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema.alterTable('media_uses').addColumn('guard', 'text').execute()
}
