import type { Kysely } from 'kysely'
import type { NotificationTable, NotificationTables } from './tables.ts'

type Db = Kysely<NotificationTables>

/** What somebody has done to be named in a line. */
export interface Deed {
  readonly userId: string
  /** What it can be taken back by. */
  readonly subject: string | null
  readonly at: string
}

/** Names a person in a line. Whoever did it twice counts once. */
export async function addActor(db: Db, lineId: string, { userId, ...deed }: Deed): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('notification_actors')
    .set(deed)
    .where('notification_id', '=', lineId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  await db
    .insertInto('notification_actors')
    .values({ notification_id: lineId, user_id: userId, ...deed })
    .execute()
  await db
    .updateTable('notifications')
    .set(({ eb }) => ({ actors: eb('actors', '+', 1) }))
    .where('id', '=', lineId)
    .execute()
}

/** Takes one deed out of every line that tells of it. @returns those lines, as they were. */
export async function removeDeed(db: Db, subject: string): Promise<NotificationTable[]> {
  const named = db
    .selectFrom('notification_actors')
    .select('notification_id')
    .where('subject', '=', subject)
  const lines = await db
    .selectFrom('notifications')
    .selectAll()
    .where((where) => where.or([where('subject', '=', subject), where('id', 'in', named)]))
    .execute()
  await db.deleteFrom('notification_actors').where('subject', '=', subject).execute()
  for (const line of lines) await passOn(db, line)
  return lines
}

/** Takes a person out of every line. @returns out of how many. */
export async function removeActor(db: Db, userId: string): Promise<number> {
  const named = db
    .selectFrom('notification_actors')
    .select('notification_id')
    .where('user_id', '=', userId)
  const lines = await db
    .selectFrom('notifications')
    .selectAll()
    .where((where) => where.or([where('actor_id', '=', userId), where('id', 'in', named)]))
    .execute()
  await db.deleteFrom('notification_actors').where('user_id', '=', userId).execute()
  for (const line of lines) await passOn(db, line)
  return lines.length
}

/** A line speaks on of those who are left in it, without the words of one who is not; or it goes. */
async function passOn(db: Db, { id, actor_id }: NotificationTable): Promise<void> {
  const left = db.selectFrom('notification_actors').where('notification_id', '=', id)
  const last = await left
    .select(['user_id', 'subject'])
    .orderBy('at', 'desc')
    .orderBy('user_id')
    .limit(1)
    .executeTakeFirst()
  if (!last) {
    await db.deleteFrom('notifications').where('id', '=', id).execute()
    return
  }
  const { count } = await left
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow()
  await db
    .updateTable('notifications')
    .set({
      actors: Number(count),
      actor_id: last.user_id,
      subject: last.subject,
      ...(last.user_id !== actor_id && { quote: null }),
    })
    .where('id', '=', id)
    .execute()
}
