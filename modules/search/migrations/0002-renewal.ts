import type { Kysely } from 'kysely'
import type { MigrationContext } from '#core'
import type { SearchTables } from '../tables.ts'

/** By which stems words are kept, and how far those of older ones have been read anew. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('search_renewal')
    .addColumn('stems', 'integer', (column) => column.notNull())
    .addColumn('read_to', 'text', (column) => column.notNull())
    .execute()
  const tables = db as Kysely<SearchTables>
  await tables.insertInto('search_renewal').values({ stems: 1, read_to: '' }).execute()
}
