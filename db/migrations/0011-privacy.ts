import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

type Schema = MigrationContext['db']['schema']

/** What people have agreed to, archives of their data, their wish to be erased, and clean-ups. */
export async function up({ db }: MigrationContext): Promise<void> {
  await createDocuments(db.schema)
  await createExports(db.schema)
  await createErasures(db.schema)
}

async function createDocuments(schema: Schema): Promise<void> {
  await schema
    .createTable('legal_documents')
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    /* The text as people see it, in Markdown; never changed, a new text is a new version. */
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    /* Of the shipped template it was made from; null where an operator has written it. */
    .addColumn('template_sha256', 'text')
    /* 1: people are asked again. 0: only names and addresses in it are others. */
    .addColumn('asks_again', 'integer', (column) => column.notNull())
    .addColumn('published_at', 'text', (column) => column.notNull())
    .addColumn('published_by', 'text')
    .addPrimaryKeyConstraint('legal_documents_key', ['document', 'locale', 'version'])
    .execute()
  await schema
    .createTable('consent_records')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('ip', 'text', (column) => column.notNull())
    .addColumn('user_agent', 'text', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createIndex('consent_records_user')
    .on('consent_records')
    .columns(['user_id', 'purpose', 'id'])
    .execute()
}

async function createExports(schema: Schema): Promise<void> {
  await schema
    .createTable('personal_exports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('percent', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .execute()
  /* One at a time for each person, however often the button is pressed at once. */
  await schema
    .createIndex('personal_exports_running')
    .unique()
    .on('personal_exports')
    .column('user_id')
    .where(sql<boolean>`state = 'running'`)
    .execute()
  await schema
    .createIndex('personal_exports_user')
    .on('personal_exports')
    .columns(['user_id', 'id'])
    .execute()
}

async function createErasures(schema: Schema): Promise<void> {
  await schema
    .createTable('erasure_requests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  await schema
    .createIndex('erasure_requests_waiting')
    .unique()
    .on('erasure_requests')
    .column('user_id')
    .where(sql<boolean>`state = 'waiting'`)
    .execute()
  await schema
    .createIndex('erasure_requests_due')
    .on('erasure_requests')
    .columns(['state', 'due_at'])
    .execute()
  await schema
    .createTable('retention_reports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    /* JSON: category → how many were removed. */
    .addColumn('removed', 'text', (column) => column.notNull())
    .execute()
}
