import { errors } from '../errors.ts'
import { MOST_OF_A_SMALL_CHAT } from '../chats/large-chats.ts'
import { select } from './prepared.ts'
import { type Room, timeOf } from '../room.ts'
import type { Person } from '../schema.ts'
import { type Seat, seatOf } from '../members/seats.ts'
import { seenMessage, sightOfSeat } from '../members/sight.ts'
import type { MessageTable, ReactionTable } from '../tables.ts'

const PAGE = 50
const CURSOR = /^(\d{1,16}) ([0-9a-f-]{36})$/
/** Later nobody is told any more who has read a message. */
const READERS_TOLD_MS = 7 * 24 * 3_600_000

export interface WhoReacted {
  readonly user: Person
  readonly emoji: string
  readonly reactedAt: string
}

export interface ReactedPage {
  /** The newest first. */
  readonly items: readonly WhoReacted[]
  readonly nextCursor: string | null
}

type Row = Pick<ReactionTable, 'user_id' | 'emoji' | 'at_ms'>

/**
 * Who has reacted to a message, for people of the chat; in a channel for its admins alone, like who
 * reads there.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_CURSOR.
 */
export async function whoReacted(
  room: Room,
  userId: string,
  chatId: string,
  question: {
    readonly seq: number
    readonly emoji?: string | undefined
    readonly cursor?: string | undefined
    readonly limit?: number | undefined
  },
): Promise<ReactedPage> {
  const { seq, emoji, cursor, limit = PAGE } = question
  const { reader } = room.db
  const own = await seatOf(reader, userId, chatId)
  await seenMessage(reader, sightOfSeat(own), seq)
  if (own.type === 'channel' && own.role === 'member') throw errors.QL_MSG_NOT_ALLOWED()
  const before = cursor === undefined ? [] : placeIn(cursor)
  const rows = await select<Row>(
    reader,
    `select user_id, emoji, at_ms from messaging_reactions where chat_id = ? and seq = ?
       ${emoji === undefined ? '' : 'and emoji = ?'}
       ${before.length === 0 ? '' : 'and (at_ms, user_id) < (?, ?)'}
     order by at_ms desc, user_id desc limit ?`,
    [chatId, seq, ...(emoji === undefined ? [] : [emoji]), ...before, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const people = await byId(room, shown)
  return {
    items: shown.flatMap((row) => {
      const user = people.get(row.user_id)
      return user ? [{ user, emoji: row.emoji, reactedAt: timeOf(row.at_ms) }] : []
    }),
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
  }
}

/**
 * Who has read a message of one's own in a small group, for a week: how far everybody has read is
 * known, not when. Those who came later have not.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED.
 */
export async function whoRead(
  room: Room,
  userId: string,
  chatId: string,
  seq: number,
): Promise<readonly Person[]> {
  const { reader } = room.db
  const own = await seatOf(reader, userId, chatId)
  const message = await seenMessage(reader, sightOfSeat(own), seq)
  if (!tellsReaders(own, message, room.clock.nowMs())) throw errors.QL_MSG_NOT_ALLOWED()
  const rows = await select<{ user_id: string }>(
    reader,
    `select user_id from messaging_members
     where chat_id = ? and state = 'in' and user_id <> ? and read_seq >= ? and joined_seq < ?
     order by joined_ms, user_id`,
    [chatId, userId, seq, seq],
  )
  return room.people.withIds(rows.map(({ user_id }) => user_id))
}

function tellsReaders(
  { type, fanout, members, user_id }: Seat,
  { sender_id, kind, at_ms }: MessageTable,
  nowMs: number,
): boolean {
  const isSmall = type === 'group' && fanout === 'write' && members <= MOST_OF_A_SMALL_CHAT
  return isSmall && sender_id === user_id && kind === 'text' && nowMs - at_ms <= READERS_TOLD_MS
}

async function byId(room: Room, rows: readonly Row[]): Promise<ReadonlyMap<string, Person>> {
  const people = await room.people.withIds(rows.map(({ user_id }) => user_id))
  return new Map(people.map((person) => [person.id, person]))
}

function cursorOf({ at_ms, user_id }: Row): string {
  return Buffer.from(`${at_ms} ${user_id}`).toString('base64url')
}

function placeIn(cursor: string): [number, string] {
  const [, ms, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (ms === undefined || id === undefined) throw errors.QL_MSG_CURSOR()
  return [Number(ms), id]
}
