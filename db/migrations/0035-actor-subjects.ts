import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/** What each of the people behind a line can be taken out of it by, and when they did it last. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema.alterTable('notification_actors').addColumn('subject', 'text').execute()
  await db.schema
    .alterTable('notification_actors')
    .addColumn('at', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema
    .createIndex('notification_actors_subject')
    .on('notification_actors')
    .column('subject')
    .execute()
  /* Of older lines only the last person is known. */
  await sql`
    UPDATE notification_actors
    SET subject = n.subject, at = n.at
    FROM notifications n
    WHERE n.id = notification_actors.notification_id AND n.actor_id = notification_actors.user_id
  `.execute(db)
}
