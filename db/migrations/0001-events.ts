import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/** The event log, who reads it, and the deliveries that did not simply succeed. */
export async function up({ db, dialect }: MigrationContext): Promise<void> {
  const sequence =
    dialect === 'sqlite' ? sql`integer primary key autoincrement` : sql`bigserial primary key`
  await db.schema
    .createTable('events')
    .addColumn('seq', sequence)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('type', 'text', (column) => column.notNull())
    /* The whole CloudEvent as it is delivered, so that every delivery is the same bytes. */
    .addColumn('envelope', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('events_by_type').on('events').columns(['type', 'seq']).execute()
  await db.schema
    .createTable('event_consumers')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('type', 'text', (column) => column.notNull())
    /* Everything up to here is done, but for what stands in event_deliveries. */
    .addColumn('floor', 'bigint', (column) => column.notNull())
    /* Raised by every replay: who read the old floor may not write it any more. */
    .addColumn('generation', 'integer', (column) => column.notNull())
    /* Up to here events are delivered once more. */
    .addColumn('replay_until', 'bigint', (column) => column.notNull())
    /* 0 from the first delivery of a run to its orderly stop. */
    .addColumn('is_clean', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('event_deliveries')
    .addColumn('consumer', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    /* ready at next_at; running; suspect: cut off by a crash; held behind another; dead: given up. */
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'text', (column) => column.notNull())
    .addColumn('error', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_deliveries_key', ['consumer', 'seq'])
    .execute()
  await db.schema
    .createIndex('event_deliveries_due')
    .on('event_deliveries')
    .columns(['consumer', 'state', 'next_at'])
    .execute()
  await db.schema
    .createIndex('event_deliveries_subject')
    .on('event_deliveries')
    .columns(['consumer', 'subject', 'seq'])
    .execute()
}
