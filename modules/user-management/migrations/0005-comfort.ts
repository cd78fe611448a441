import type { MigrationContext } from '#core'

/** How large a person reads, and whether pages may move. */
export async function up({ db }: MigrationContext): Promise<void> {
  const table = 'user_management_profiles'
  await db.schema
    .alterTable(table)
    .addColumn('text_size', 'text', (column) => column.notNull().defaultTo('usual'))
    .execute()
  await db.schema
    .alterTable(table)
    .addColumn('motion', 'text', (column) => column.notNull().defaultTo('system'))
    .execute()
}
