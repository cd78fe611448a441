import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/** Each person's update log, tickets for sockets, and the name of this history. */
export async function up({ db, dialect }: MigrationContext): Promise<void> {
  const sequence =
    dialect === 'sqlite' ? sql`integer primary key autoincrement` : sql`bigserial primary key`
  await db.schema
    .createTable('realtime_heads')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    /* The newest number of this person; dense, and never given twice in one epoch. */
    .addColumn('pts', 'bigint', (column) => column.notNull())
    /* Everything up to here has been trimmed away. */
    .addColumn('floor_pts', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('realtime_updates')
    /* The order of commits over all people: a process that looks for news asks from here on. */
    .addColumn('seq', sequence)
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('pts', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addUniqueConstraint('realtime_updates_pts', ['user_id', 'pts'])
    .execute()
  await db.schema
    .createTable('realtime_tickets')
    /* SHA-256: who reads the table can open no socket with it. */
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('realtime_epoch')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    /* A restored backup gives numbers out again; another epoch tells clients to start afresh. */
    .addColumn('epoch', 'text', (column) => column.notNull())
    .execute()
  const epoch = randomBytes(6).toString('base64url')
  await sql`insert into realtime_epoch (id, epoch) values (1, ${epoch})`.execute(db)
}
