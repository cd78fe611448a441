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

/** As much of a line as tells whose list has changed, and by whom. */
type Line = Pick<NotificationTable, 'id' | 'user_id' | 'actor_id' | 'read_at' | 'is_listed'>

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
export function removeDeed(db: Db, subject: string): Promise<Line[]> {
  return takeOut(db, { line: 'subject', actor: 'subject', value: subject })
}

/** Takes a person out of every line. @returns those lines, as they were. */
export function removeActor(db: Db, userId: string): Promise<Line[]> {
  return takeOut(db, { line: 'actor_id', actor: 'user_id', value: userId })
}

/** What goes: by which column of a line, of the people behind it, and what stands there. */
interface Going {
  readonly line: 'subject' | 'actor_id'
  readonly actor: 'subject' | 'user_id'
  readonly value: string
}

async function takeOut(db: Db, { line, actor, value }: Going): Promise<Line[]> {
  const named = db
    .selectFrom('notification_actors')
    .select('notification_id as id')
    .where(actor, '=', value)
  /* Each half by its own index: people take things back all the time. */
  const told = db.selectFrom('notifications').select('id').where(line, '=', value).union(named)
  const lines = await db
    .selectFrom('notifications')
    .select(['id', 'user_id', 'actor_id', 'read_at', 'is_listed'])
    .where('id', 'in', told)
    .execute()
  await db.deleteFrom('notification_actors').where(actor, '=', value).execute()
  for (const each of lines) await passOn(db, each)
  return lines
}

/** A line speaks on of those who are left in it, without the words of one who is not; or it goes. */
async function passOn(db: Db, { id, actor_id }: Line): Promise<void> {
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
