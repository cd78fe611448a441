import type { MigrationContext } from '#core'

/** What moderators keep from others, and why; and whether a block hides the person's page. */
export async function up({ db }: MigrationContext): Promise<void> {
  const table = 'user_management_profiles'
  await db.schema.alterTable(table).addColumn('hidden_why', 'text').execute()
  await db.schema
    .alterTable(table)
    .addColumn('withheld', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
