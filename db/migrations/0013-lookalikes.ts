import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/** What a user name looks like; the same steps as `lookOf` of core/auth. */
const LOOK = `replace(replace(replace(replace(replace(replace(
  username, '0', 'o'), '1', 'l'), 'i', 'l'), 'rn', 'm'), 'vv', 'w'), '_', '-')`

/** Of names that look alike one may be taken. Those who are here already keep theirs. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema.alterTable('identities').addColumn('look', 'text').execute()
  await sql
    .raw(`update identities set look = ${LOOK} where id in (
      select id from (
        select id, row_number() over (partition by ${LOOK} order by id) as place
        from identities where status <> 'deleted') as ranked
      where place = 1)`)
    .execute(db)
  await db.schema.createIndex('identities_look').unique().on('identities').column('look').execute()
  await severalForOneName({ db })
}

/**
 * Who waits for a confirmation keeps no name from others: a name that is taken for a while would
 * tell whether the address given with it was a new one. Nothing has written to the table yet.
 */
async function severalForOneName({ db }: Pick<MigrationContext, 'db'>): Promise<void> {
  await db.schema.dropTable('registrations').execute()
  await db.schema
    .createTable('registrations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('username', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('password_scheme', 'text', (column) => column.notNull())
    .addColumn('pepper_kid', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('invitation_id', 'text')
    /* What the module wants to know again when the account is made, as JSON. */
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}
