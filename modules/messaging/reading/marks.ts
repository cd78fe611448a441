import { tellChatAnew } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { seatOf } from '../members/seats.ts'
import type { MemberTable, Tx } from '../tables.ts'

const MAX_PINNED = 50

/** What a person keeps about a chat for themselves alone. */
type Marks = Partial<Pick<MemberTable, 'marked_unread' | 'muted_ms' | 'archived' | 'pin_pos'>>

async function mark(room: Room, userId: string, chatId: string, marks: Marks): Promise<void> {
  await room.db.transaction(async (tx) => {
    await seatOf(tx.db, userId, chatId)
    await set(tx, userId, chatId, marks)
    await tellChatAnew(tx, [userId], chatId)
  })
}

/** @throws QL_MSG_NOT_FOUND, like everything here. */
export function markUnread(
  room: Room,
  userId: string,
  chatId: string,
  unread: boolean,
): Promise<void> {
  return mark(room, userId, chatId, { marked_unread: unread ? 1 : 0 })
}

/** @param untilMs null: no longer muted. */
export function mute(
  room: Room,
  userId: string,
  chatId: string,
  untilMs: number | null,
): Promise<void> {
  return mark(room, userId, chatId, { muted_ms: untilMs })
}

export function archive(
  room: Room,
  userId: string,
  chatId: string,
  archived: boolean,
): Promise<void> {
  const marks = archived ? { archived: 1, pin_pos: null } : { archived: 0 }
  return mark(room, userId, chatId, marks)
}

/** Puts a chat at a place among the pinned ones, or takes it out of them. @throws QL_MSG_TOO_MANY */
export async function pinChat(
  room: Room,
  userId: string,
  chatId: string,
  position: number | null,
): Promise<void> {
  await room.db.transaction(async (tx) => {
    await seatOf(tx.db, userId, chatId)
    const rows = await select<{ chat_id: string; pin_pos: number }>(
      tx.db,
      `select chat_id, pin_pos from messaging_members
       where user_id = ? and state = 'in' and pin_pos is not null order by pin_pos, chat_id`,
      [userId],
    )
    const order = rows.map((row) => row.chat_id).filter((id) => id !== chatId)
    if (position !== null) order.splice(position, 0, chatId)
    if (order.length > MAX_PINNED) throw errors.QL_MSG_TOO_MANY({ values: { max: MAX_PINNED } })
    const before = new Map(rows.map((row) => [row.chat_id, row.pin_pos]))
    const changed = order.filter((id, place) => before.get(id) !== place)
    for (const id of changed) await set(tx, userId, id, { pin_pos: order.indexOf(id) })
    if (position === null) await set(tx, userId, chatId, { pin_pos: null })
    else await set(tx, userId, chatId, { archived: 0 })
    for (const id of new Set([...changed, chatId])) await tellChatAnew(tx, [userId], id)
  })
}

async function set({ db }: Tx, userId: string, chatId: string, marks: Marks): Promise<void> {
  await db
    .updateTable('messaging_members')
    .set({ ...marks, is_hidden: 0 })
    .where('chat_id', '=', chatId)
    .where('user_id', '=', userId)
    .execute()
}
