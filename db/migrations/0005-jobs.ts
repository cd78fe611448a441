import type { MigrationContext } from '../migrator.ts'

/** When each recurring job is due next; whoever moves `next_at` runs it. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('cron', 'text', (column) => column.notNull())
    .addColumn('next_at', 'text', (column) => column.notNull())
    .execute()
}
