import type { MigrationContext } from '../migrator.ts'

/** The loader's journal, the modules' settings and their documents. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('modules')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    /* Set before a risky step and cleared after it: a crash in between names its culprit. */
    .addColumn('operation', 'text')
    .addColumn('reason', 'text')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('settings')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('settings_key', ['owner', 'key'])
    .execute()
  await db.schema
    .createTable('module_documents')
    .addColumn('module', 'text', (column) => column.notNull())
    .addColumn('collection', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('module_documents_key', ['module', 'collection', 'id'])
    .execute()
}
