import { presentMessages } from './present-message.ts'
import { select } from './prepared.ts'
import type { Room } from '../room.ts'
import type { Message, Person } from '../schema.ts'
import { SEEN, seenBy, type Sight, sightOf } from '../members/sight.ts'
import type { MessageTable, Reader } from '../tables.ts'

const PAGE = 50

/** Which part of a chat; the newest when nothing is said. */
export interface Stretch {
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly around?: number | undefined
  readonly limit?: number | undefined
}

export interface Page {
  /** Ascending. */
  readonly items: readonly Message[]
  readonly people: readonly Person[]
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/** A page of messages as somebody sees them. @throws QL_MSG_NOT_FOUND */
export async function readHistory(
  room: Room,
  userId: string | null,
  chatId: string,
  stretch: Stretch,
): Promise<Page> {
  const { reader } = room.db
  const sight = await sightOf(reader, userId, chatId)
  const { rows, hasBefore, hasAfter } = await rowsOf(reader, sight, stretch)
  const items = await presentMessages(reader, rows, userId)
  return { items, people: await peopleIn(room, items), hasBefore, hasAfter }
}

/** Everybody whom messages name. */
export function peopleIn(room: Room, messages: readonly Message[]): Promise<Person[]> {
  const ids = messages.flatMap(({ sender, service, forward, reply }) => [
    sender,
    forward?.userId ?? null,
    reply?.sender ?? null,
    ...(service?.users ?? []),
  ])
  return room.people.withIds(ids)
}

/** The first message at or after an instant; the last one when all are older. */
export async function messageAt(
  { db: { reader } }: Room,
  userId: string,
  chatId: string,
  date: string,
): Promise<number | null> {
  const sight = await sightOf(reader, userId, chatId)
  const [row] = await select<{ seq: number }>(
    reader,
    `select m.seq from messaging_messages m where ${SEEN} and m.at_ms >= ?
     order by m.at_ms, m.seq limit 1`,
    [...seenBy(sight), Date.parse(date)],
  )
  if (row) return row.seq
  const [last] = await older(reader, sight, Number.MAX_SAFE_INTEGER, 1)
  return last?.seq ?? null
}

interface Rows {
  readonly rows: readonly MessageTable[]
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

async function rowsOf(db: Reader, sight: Sight, stretch: Stretch): Promise<Rows> {
  const { before, after, around, limit = PAGE } = stretch
  if (around !== undefined) {
    const half = Math.max(1, Math.floor(limit / 2))
    const left = await older(db, sight, around, half + 1)
    const right = await newer(db, sight, around - 1, limit - half + 1)
    const rows = [...left.slice(-half), ...right.slice(0, limit - half)]
    return { rows, hasBefore: left.length > half, hasAfter: right.length > limit - half }
  }
  if (after !== undefined) {
    const found = await newer(db, sight, after, limit + 1)
    const rows = found.slice(0, limit)
    const [first] = rows
    const hasBefore = (await older(db, sight, first?.seq ?? after + 1, 1)).length > 0
    return { rows, hasBefore, hasAfter: found.length > limit }
  }
  const end = before ?? Number.MAX_SAFE_INTEGER
  const found = await older(db, sight, end, limit + 1)
  const rows = found.slice(-limit)
  const last = rows.at(-1)?.seq ?? end - 1
  const hasAfter = before !== undefined && (await newer(db, sight, last, 1)).length > 0
  return { rows, hasBefore: found.length > limit, hasAfter }
}

/** Ascending, like everything here. */
async function older(
  db: Reader,
  sight: Sight,
  before: number,
  limit: number,
): Promise<MessageTable[]> {
  const rows = await select<MessageTable>(
    db,
    `select m.* from messaging_messages m where ${SEEN} and m.seq < ?
     order by m.seq desc limit ?`,
    [...seenBy(sight), before, limit],
  )
  return rows.toReversed()
}

/** One lower bound alone: given two, SQLite may begin at the smaller and read everything between. */
function newer(db: Reader, sight: Sight, after: number, limit: number): Promise<MessageTable[]> {
  const clearedSeq = Math.max(sight.clearedSeq, after)
  return select<MessageTable>(
    db,
    `select m.* from messaging_messages m where ${SEEN} order by m.seq limit ?`,
    [...seenBy({ ...sight, clearedSeq }), limit],
  )
}
