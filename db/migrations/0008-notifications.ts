import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

type Db = MigrationContext['db']

/** What people are told, what they want to be told and where, and what is on its way to them. */
export async function up({ db }: MigrationContext): Promise<void> {
  await createNotifications(db)
  await createActors(db)
  await createChoices(db)
  await createPreferences(db)
  await createErrands(db)
  await createSubscriptions(db)
}

async function createNotifications(db: Db): Promise<void> {
  await db.schema
    .createTable('notifications')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    /* `security` of the core, `blog.comment` of a module. */
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('text_ru', 'text', (column) => column.notNull())
    .addColumn('text_en', 'text', (column) => column.notNull())
    /* What stands there once several people have done it. */
    .addColumn('many_ru', 'text')
    .addColumn('many_en', 'text')
    .addColumn('quote', 'text')
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('fold', 'text')
    /* The last one of them. */
    .addColumn('actor_id', 'text')
    .addColumn('actors', 'integer', (column) => column.notNull())
    /* 0: only pushed or mailed, because the person does not want it in the list. */
    .addColumn('is_listed', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('read_at', 'text')
    .execute()
  await db.schema
    .createIndex('notifications_list')
    .on('notifications')
    .columns(['user_id', 'is_listed', 'at', 'id'])
    .execute()
  await db.schema
    .createIndex('notifications_unread')
    .on('notifications')
    .columns(['user_id', 'is_listed'])
    .where(sql.ref('read_at'), 'is', null)
    .execute()
  /* Two that happen at the same moment fold into one line, not into two. */
  await db.schema
    .createIndex('notifications_fold')
    .unique()
    .on('notifications')
    .columns(['user_id', 'kind', 'fold'])
    .where(sql.ref('read_at'), 'is', null)
    .execute()
  await db.schema
    .createIndex('notifications_subject')
    .on('notifications')
    .column('subject')
    .execute()
}

async function createActors(db: Db): Promise<void> {
  await db.schema
    .createTable('notification_actors')
    .addColumn('notification_id', 'text', (column) =>
      column.notNull().references('notifications.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('notification_actors_key', ['notification_id', 'user_id'])
    .execute()
}

async function createChoices(db: Db): Promise<void> {
  await db.schema
    .createTable('notification_choices')
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('in_app', 'integer', (column) => column.notNull())
    .addColumn('push', 'integer', (column) => column.notNull())
    .addColumn('mail', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('notification_choices_key', ['user_id', 'kind'])
    .execute()
}

async function createPreferences(db: Db): Promise<void> {
  await db.schema
    .createTable('notification_preferences')
    .addColumn('user_id', 'text', (column) =>
      column.primaryKey().references('identities.id').onDelete('cascade'),
    )
    /* 1: pushes say that there is something, and not what. */
    .addColumn('is_discreet', 'integer', (column) => column.notNull())
    .execute()
}

/** One notification on its way out of the station. */
async function createErrands(db: Db): Promise<void> {
  await db.schema
    .createTable('notification_errands')
    .addColumn('notification_id', 'text', (column) =>
      column.notNull().references('notifications.id').onDelete('cascade'),
    )
    .addColumn('channel', 'text', (column) => column.notNull())
    /* Begun so far; who raises it holds the errand until due_at. */
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('notification_errands_key', ['notification_id', 'channel'])
    .execute()
  await db.schema
    .createIndex('notification_errands_due')
    .on('notification_errands')
    .column('due_at')
    .execute()
}

async function createSubscriptions(db: Db): Promise<void> {
  await db.schema
    .createTable('push_subscriptions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('identities.id').onDelete('cascade'),
    )
    /* A browser that is signed out hears nothing more. */
    .addColumn('session_id', 'text', (column) =>
      column.notNull().references('sessions.id').onDelete('cascade'),
    )
    .addColumn('endpoint', 'text', (column) => column.notNull().unique())
    .addColumn('p256dh', 'text', (column) => column.notNull())
    .addColumn('auth', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('push_subscriptions_user')
    .on('push_subscriptions')
    .column('user_id')
    .execute()
}
