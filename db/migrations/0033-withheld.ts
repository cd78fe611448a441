import type { MigrationContext } from '../migrator.ts'

/** Whether a block hides what the person has published. Those blocked before were not hidden. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .alterTable('identities')
    .addColumn('withheld', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
