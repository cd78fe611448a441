import { errors } from '../errors.ts'
import { presentChats } from './present-chat.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Chat, Person } from '../schema.ts'
import type { Seat } from '../members/seats.ts'

const PAGE = 50
const CURSOR = /^(\d{1,16}) ([0-9a-f-]{36})$/

export interface ChatsQuestion {
  readonly archived?: boolean | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface ChatsPage {
  readonly items: readonly Chat[]
  readonly people: readonly Person[]
  readonly nextCursor: string | null
}

/**
 * Somebody's chats: pinned ones first and in their order, on the first page; then by the last
 * message. @throws QL_MSG_CURSOR
 */
export async function listChats(
  room: Room,
  userId: string,
  { archived = false, cursor, limit = PAGE }: ChatsQuestion,
): Promise<ChatsPage> {
  const { reader } = room.db
  const after = cursor === undefined ? null : placeIn(cursor)
  const pinned = after === null ? await pinnedSeats(room, userId, archived) : []
  const rows = await select<Seat>(
    reader,
    `${SEATS} and m.pin_pos is null ${after ? 'and (c.last_ms, c.id) < (?, ?)' : ''}
     order by c.last_ms desc, c.id desc limit ?`,
    [userId, archived ? 1 : 0, ...(after ? [after.ms, after.id] : []), limit + 1],
  )
  const seats = rows.slice(0, limit)
  const last = seats.at(-1)
  const { items, people } = await presentChats(room, reader, [...pinned, ...seats])
  const nextCursor = rows.length > limit && last ? cursorOf(last) : null
  return { items, people, nextCursor }
}

const SEATS = `select c.*, m.* from messaging_members m
  join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
  where m.user_id = ? and m.state = 'in' and m.is_hidden = 0 and m.archived = ?`

function pinnedSeats(room: Room, userId: string, archived: boolean): Promise<Seat[]> {
  return select<Seat>(
    room.db.reader,
    `${SEATS} and m.pin_pos is not null order by m.pin_pos, c.id`,
    [userId, archived ? 1 : 0],
  )
}

function cursorOf({ last_ms, id }: Seat): string {
  return Buffer.from(`${last_ms} ${id}`).toString('base64url')
}

function placeIn(cursor: string): { ms: number; id: string } {
  const [, ms, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (ms === undefined || id === undefined) throw errors.QL_MSG_CURSOR()
  return { ms: Number(ms), id }
}
