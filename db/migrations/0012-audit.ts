import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/**
 * What was done to the station. The database refuses every change of a row, and the removal of one
 * that no checkpoint covers, whoever asks; a false checkpoint does not bear the station's seal.
 */
export async function up({ db, dialect }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('audit_log')
    .addColumn('seq', dialect === 'sqlite' ? 'integer' : 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('subject', 'text')
    .addColumn('ip', 'text')
    .addColumn('session_id', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('removed_through', 'bigint')
    .addColumn('removed_seal', 'text')
    .addColumn('seal', 'text', (column) => column.notNull())
    .execute()
  for (const column of ['action', 'actor_id', 'subject', 'at'] as const) {
    await db.schema
      .createIndex(`audit_log_${column}`)
      .on('audit_log')
      .columns([column, 'seq'])
      .execute()
  }
  await db.schema
    .createIndex('audit_log_checkpoints')
    .on('audit_log')
    .column('removed_through')
    .where('removed_through', 'is not', null)
    .execute()
  await (dialect === 'sqlite' ? guardSqlite(db) : guardPostgres(db))
}

async function guardSqlite(db: MigrationContext['db']): Promise<void> {
  await sql`create trigger audit_log_unchanging before update on audit_log
    begin select raise(abort, 'audit_log only grows'); end`.execute(db)
  await sql`create trigger audit_log_unremovable before delete on audit_log
    when not exists (select 1 from audit_log c where c.removed_through >= old.seq)
    begin select raise(abort, 'audit_log only grows'); end`.execute(db)
}

async function guardPostgres(db: MigrationContext['db']): Promise<void> {
  await sql`create function audit_log_refuse() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        if exists (select 1 from audit_log c where c.removed_through >= old.seq) then
          return old;
        end if;
      end if;
      raise exception 'audit_log only grows';
    end $$`.execute(db)
  await sql`create trigger audit_log_unchanging before update or delete on audit_log
    for each row execute function audit_log_refuse()`.execute(db)
  await sql`create trigger audit_log_uncut before truncate on audit_log
    for each statement execute function audit_log_refuse()`.execute(db)
}
