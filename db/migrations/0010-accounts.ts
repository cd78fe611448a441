import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/** What makes an account one to trust: a second factor, links that work once, known devices. */
export async function up(context: MigrationContext): Promise<void> {
  await severalOwners(context)
  await freshness(context)
  await secondFactors(context)
  await oneTimeLinks(context)
  await registrations(context)
  await invitations(context)
}

/** A station may have several owners, but is set up once, however many forms are sent at a time. */
async function severalOwners({ db }: MigrationContext): Promise<void> {
  await db.schema.dropIndex('identities_one_owner').execute()
  await db.schema.createIndex('identities_role').on('identities').column('role').execute()
  await db.schema
    .createTable('founding')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('founded_at', 'text', (column) => column.notNull())
    .execute()
  await sql`insert into founding (id, user_id, founded_at)
    select 'station', id, created_at from identities where role = 'owner'`.execute(db)
}

/** When the person last proved to be one, and the devices they have signed in from. */
async function freshness({ db }: MigrationContext): Promise<void> {
  await db.schema
    .alterTable('sessions')
    .addColumn('verified_at', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await sql`update sessions set verified_at = created_at`.execute(db)
  await db.schema
    .createTable('known_devices')
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    .addColumn('device_hash', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('known_devices_pk', ['user_id', 'device_hash'])
    .execute()
}

async function secondFactors({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('second_factors')
    .addColumn('user_id', 'text', (column) =>
      column.primaryKey().references('identities.id').onDelete('cascade'),
    )
    /* AES-256-GCM under a key of secrets.json. */
    .addColumn('sealed_secret', 'text', (column) => column.notNull())
    /* null while it is being set up. */
    .addColumn('confirmed_at', 'text')
    /* The step of the last code that was taken, so that each works once. */
    .addColumn('last_step', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('recovery_codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    .addColumn('used_at', 'text')
    .execute()
  await db.schema
    .createIndex('recovery_codes_user')
    .on('recovery_codes')
    .column('user_id')
    .execute()
}

/** Links to set a new password or confirm a new address; only a digest of the token is kept. */
async function oneTimeLinks({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('account_links')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    /* Another password or role since then makes the link worthless. */
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('used_at', 'text')
    .execute()
  await db.schema.createIndex('account_links_user').on('account_links').column('user_id').execute()
}

/** Accounts that wait for their address to be confirmed; nobody can tell them from no account. */
async function registrations({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('registrations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('username', 'text', (column) => column.notNull().unique())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('password_scheme', 'text', (column) => column.notNull())
    .addColumn('pepper_kid', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('invitation_id', 'text')
    /* What the module wants to know again when the account is made, as JSON. */
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}

async function invitations({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('invitations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('made_by', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('max_uses', 'integer', (column) => column.notNull())
    .addColumn('uses', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema.createIndex('invitations_made_by').on('invitations').column('made_by').execute()
}
