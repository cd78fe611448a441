import type { MigrationContext } from '../migrator.ts'

/** Letters that are not sent yet, that cannot be sent, or that wait in the mailbox of a station without SMTP. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('letters')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('html', 'text', (column) => column.notNull())
    .addColumn('unsubscribe_url', 'text')
    .addColumn('link', 'text')
    /* ready at next_at; kept: nobody carries letters; dead: given up. A sent letter has no row. */
    .addColumn('state', 'text', (column) => column.notNull())
    /* Begun so far; who raises it holds the letter until next_at. */
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'text', (column) => column.notNull())
    .addColumn('error', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('letters_due').on('letters').columns(['state', 'next_at']).execute()
}
