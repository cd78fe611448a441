import type { MigrationContext } from '#core'

/** One row for each decision of one person about another. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('relations_edges')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('target_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('relations_edges_key', ['user_id', 'kind', 'target_id'])
    .execute()
  /* Lists go from the newest, by either end. */
  await db.schema
    .createIndex('relations_edges_from')
    .on('relations_edges')
    .columns(['user_id', 'kind', 'created_at', 'target_id'])
    .execute()
  await db.schema
    .createIndex('relations_edges_to')
    .on('relations_edges')
    .columns(['target_id', 'kind', 'created_at', 'user_id'])
    .execute()
}
