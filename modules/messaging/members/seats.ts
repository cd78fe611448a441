import { errors } from '../errors.ts'
import { select } from '../messages/prepared.ts'
import type { ChatTable, MemberTable, Reader } from '../tables.ts'

/** A chat as one of its people has it. */
export type Seat = ChatTable & MemberTable

const SEAT = `select c.*, m.* from messaging_members m
  join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null`

/**
 * Somebody's chat, found by who asks: without a seat there is no chat.
 *
 * @throws QL_MSG_NOT_FOUND
 */
export async function seatOf(db: Reader, userId: string, chatId: string): Promise<Seat> {
  const seat = await seatIn(db, userId, chatId)
  if (seat?.state !== 'in') throw errors.QL_MSG_NOT_FOUND()
  return seat
}

/** Also of who has left, was removed, or asks to come in. */
export async function seatIn(
  db: Reader,
  userId: string,
  chatId: string,
): Promise<Seat | undefined> {
  const [seat] = await select<Seat>(db, `${SEAT} where m.chat_id = ? and m.user_id = ?`, [
    chatId,
    userId,
  ])
  return seat
}

/** @throws QL_MSG_NOT_FOUND */
export async function chatOf(db: Reader, chatId: string): Promise<ChatTable> {
  const chat = await chatWithId(db, chatId)
  if (!chat) throw errors.QL_MSG_NOT_FOUND()
  return chat
}

export async function chatWithId(db: Reader, chatId: string): Promise<ChatTable | undefined> {
  const [chat] = await select<ChatTable>(
    db,
    'select * from messaging_chats where id = ? and deleted_ms is null',
    [chatId],
  )
  return chat
}

export async function memberIds(db: Reader, chatId: string): Promise<string[]> {
  const rows = await select<{ user_id: string }>(
    db,
    `select user_id from messaging_members where chat_id = ? and state = 'in'`,
    [chatId],
  )
  return rows.map((row) => row.user_id)
}

/** The other one of a private chat; null elsewhere. */
export function peerOf({ type, pair_key }: ChatTable, userId: string): string | null {
  if (type !== 'private' || pair_key === null) return null
  const [one = '', other = ''] = pair_key.split('/')
  return one === userId ? other : one
}

/** Up to here a person sees and has read nothing of what counts as unread. */
export function floorOf({ read_seq, cleared_seq, joined_seq }: MemberTable): number {
  return Math.max(read_seq, cleared_seq, joined_seq)
}
