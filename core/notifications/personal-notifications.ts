import type { Database } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'
import { removeActor } from './actors.ts'
import type { NotificationTables } from './tables.ts'

/** What a person was told, what they chose to be told, and the browsers they chose it for. */
export function personalNotifications(database: Database): PersonalDataOwner {
  const tables = database.scope<NotificationTables>('')
  return {
    export: async ({ userId }) => {
      const told = await tables.reader
        .selectFrom('notifications')
        .select(['kind', 'text_ru', 'text_en', 'quote', 'url', 'at', 'read_at'])
        .where('user_id', '=', userId)
        .orderBy('id')
        .execute()
      const choices = await tables.reader
        .selectFrom('notification_choices')
        .select(['kind', 'in_app', 'push', 'mail'])
        .where('user_id', '=', userId)
        .orderBy('kind')
        .execute()
      return {
        files: [
          { path: 'notifications.json', json: told },
          { path: 'notification-choices.json', json: choices },
        ],
      }
    },
    /* What others were told of the person's acts may quote them: it goes, too. */
    erase: async ({ userId }) =>
      database.transaction(async (tx) => {
        const { db } = tables.within(tx)
        const own = await db
          .deleteFrom('notifications')
          .where('user_id', '=', userId)
          .executeTakeFirst()
        const subscriptions = await db
          .deleteFrom('push_subscriptions')
          .where('user_id', '=', userId)
          .executeTakeFirst()
        await db.deleteFrom('notification_choices').where('user_id', '=', userId).execute()
        await db.deleteFrom('notification_preferences').where('user_id', '=', userId).execute()
        const caused = await removeActor(db, userId)
        return {
          erased: {
            notifications: Number(own.numDeletedRows),
            'notifications of others about the person': caused.length,
            'push subscriptions': Number(subscriptions.numDeletedRows),
          },
        }
      }),
  }
}
