import type { MigrationContext } from '#core'

/** Where a person is and can be found, and who sees their page and their readers. */
export async function up({ db }: MigrationContext): Promise<void> {
  for (const [name, first] of [
    ['place', ''],
    ['links', '[]'],
    ['page_for', 'everyone'],
    ['readers_for', 'everyone'],
  ] as const) {
    await db.schema
      .alterTable('user_management_profiles')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(first))
      .execute()
  }
}
