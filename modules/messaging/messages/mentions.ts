import { change, places } from './prepared.ts'
import type { Room } from '../room.ts'
import type { Entity } from '../schema.ts'
import type { Tx } from '../tables.ts'

/** At most so many people are called by one message. */
const MAX_MENTIONED = 50

/** Three times the number of a message: it counts for whoever has not read so far. */
export const HAS_NOT_READ = '(read_seq < ? and cleared_seq < ? and joined_seq < ?)'

/** Gives every @name of the text the person it means; a name nobody has stays a word. */
export async function resolveMentions(
  { people }: Room,
  text: string,
  entities: readonly Entity[],
): Promise<Entity[]> {
  const named = entities.filter(({ type }) => type === 'mention')
  if (named.length === 0) return [...entities]
  const isName = ({ offset }: Entity): boolean => text[offset] === '@'
  const nameIn = ({ offset, length }: Entity): string =>
    text.slice(offset + 1, offset + length).toLowerCase()
  const known = await people.known(named.filter(isName).map(nameIn).slice(0, MAX_MENTIONED))
  const given = named.flatMap(({ userId }) => userId ?? []).slice(0, MAX_MENTIONED)
  const found = new Map((await people.withIds(given)).map((person) => [person.id, person]))
  return entities.flatMap((entity) => {
    if (entity.type !== 'mention') return [entity]
    const { userId, ...bare } = entity
    const person = isName(entity) ? known.get(nameIn(entity)) : found.get(userId ?? '')
    return person && !person.deleted ? [{ ...bare, userId: person.id }] : []
  })
}

export function mentionedIn(entities: readonly Entity[]): string[] {
  const ids = entities.flatMap(({ type, userId }) => (type === 'mention' && userId ? userId : []))
  return [...new Set(ids)].slice(0, MAX_MENTIONED)
}

/** Writes down who is called, but for those from whose view it is gone. @returns how many times each of them is now called and has not read. */
export async function addMentions(
  tx: Tx,
  chatId: string,
  seq: number,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const rows = await change<{ user_id: string; mentions: number }>(
    tx,
    `update messaging_members
     set mentions = mentions + case when ${HAS_NOT_READ} then 1 else 0 end
     where chat_id = ? and state = 'in' and user_id in (${places(userIds)})
       and not exists (select 1 from messaging_hidden h where h.user_id = messaging_members.user_id
         and h.chat_id = messaging_members.chat_id and h.seq = ?)
     returning user_id, mentions`,
    [seq, seq, seq, chatId, ...userIds, seq],
  )
  if (rows.length > 0) {
    await tx.db
      .insertInto('messaging_mentions')
      .values(rows.map((row) => ({ user_id: row.user_id, chat_id: chatId, seq })))
      .execute()
  }
  return new Map(rows.map((row) => [row.user_id, row.mentions]))
}

/** An edit no longer calls them, or the message is gone. */
export async function dropMentions(
  tx: Tx,
  chatId: string,
  seq: number,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return
  await change(
    tx,
    `update messaging_members set mentions = mentions - 1
     where chat_id = ? and mentions > 0 and ${HAS_NOT_READ} and user_id in (${places(userIds)})
     returning user_id`,
    [chatId, seq, seq, seq, ...userIds],
  )
  await tx.db
    .deleteFrom('messaging_mentions')
    .where('chat_id', '=', chatId)
    .where('seq', '=', seq)
    .where('user_id', 'in', [...userIds])
    .execute()
}

/** Whom a message calls. */
export async function mentionedBy({ db }: Tx, chatId: string, seq: number): Promise<string[]> {
  const rows = await db
    .selectFrom('messaging_mentions')
    .select('user_id')
    .where('chat_id', '=', chatId)
    .where('seq', '=', seq)
    .execute()
  return rows.map((row) => row.user_id)
}
