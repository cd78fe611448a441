import type { MigrationContext } from '../migrator.ts'

/** Pushes whose words are asked for when they leave, and the browsers that have not had one yet. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema.alterTable('notifications').addColumn('teller', 'text').execute()
  await db.schema.alterTable('notification_errands').addColumn('browsers', 'text').execute()
}
