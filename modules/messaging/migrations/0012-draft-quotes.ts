import type { MigrationContext } from '#core'

/** The words of a message that a draft quotes with its answer, and where they stand in it. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema.alterTable('messaging_drafts').addColumn('quote', 'text').execute()
}
