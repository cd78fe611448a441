import { type Mark, marksIn, waysToRead } from '#core'
import { errors } from '../errors.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { sightOf } from '../members/sight.ts'
import type { MessageTable, Reader } from '../tables.ts'
import { numbersOf, type Where } from './places.ts'
import { type Found, scan, type Searched } from './scan.ts'

const PAGE = 30
const CURSOR = /^(\d{1,16}) ([0-9a-f-]{0,36})$/

export interface SearchQuestion {
  readonly q: string
  /** Only there; everywhere in the person's chats when absent. */
  readonly chat?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface FoundMessage {
  readonly row: MessageTable
  readonly marks: readonly Mark[]
}

export interface FoundMessages {
  /** The latest first. */
  readonly items: readonly FoundMessage[]
  readonly nextCursor: string | null
}

/** A message in the order of all chats: no two have the same place. */
interface Spot {
  readonly ms: number
  readonly chat: string
}

/**
 * Messages in which everything that is asked for is said, in whatever form, of what the person sees
 * now. A page may hold fewer than asked for, and none, where there is more to look through.
 *
 * @throws QL_MSG_NOT_FOUND for a chat that is not theirs to read, QL_MSG_CURSOR.
 */
export async function searchMessages(
  { db: { reader } }: Room,
  userId: string,
  { q, chat, cursor, limit = PAGE }: SearchQuestion,
): Promise<FoundMessages> {
  const from = cursor === undefined ? null : spotIn(cursor)
  const chats =
    chat === undefined ? await chatsOf(reader, userId) : [await one(reader, userId, chat)]
  const where: Where = chat === undefined ? { userId } : { chat }
  const ways = []
  for (const asked of waysToRead(q)) {
    ways.push({ asked, numbersIn: await numbersOf(reader, where, asked) })
  }
  const gathered = new Gathered(limit)
  for (const each of chats) {
    if (gathered.isFullSince(each.lastMs)) break
    const before = await beforeIn(reader, each.id, from)
    for (const way of ways) {
      gathered.add(await scan(reader, each, way, { before, wanted: limit + 1 }))
    }
  }
  return gathered.page()
}

/** What has been found in several chats, in one order. */
class Gathered {
  readonly #limit: number
  readonly #found = new Map<string, Found>()
  #sinceMs = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  add({ found, sinceMs }: { readonly found: readonly Found[]; readonly sinceMs: number }): void {
    this.#sinceMs = Math.max(this.#sinceMs, sinceMs)
    for (const each of found) {
      const key = `${each.row.chat_id} ${each.row.seq}`
      if (!this.#found.has(key)) this.#found.set(key, each)
    }
  }

  /** Whether a chat that was silent since then can add nothing to the page. */
  isFullSince(ms: number): boolean {
    return (this.#sorted()[this.#limit]?.row.at_ms ?? -1) >= ms
  }

  page(): FoundMessages {
    const sorted = this.#sorted()
    const shown = sorted.slice(0, this.#limit)
    const last = shown.at(-1)
    const isMore = sorted.length > this.#limit && last
    const nextCursor = isMore
      ? cursorOf({ ms: last.row.at_ms, chat: last.row.chat_id })
      : this.#sinceMs > 0
        ? cursorOf({ ms: this.#sinceMs, chat: '' })
        : null
    const items = shown.map(({ row, asked }) => ({ row, marks: marksIn(row.text, asked) }))
    return { items, nextCursor }
  }

  /** Earlier ones may have others between them that nobody has looked at. */
  #sorted(): Found[] {
    return [...this.#found.values()]
      .filter(({ row }) => row.at_ms >= this.#sinceMs)
      .toSorted((a, b) => b.row.at_ms - a.row.at_ms || (a.row.chat_id < b.row.chat_id ? 1 : -1))
  }
}

async function one(db: Reader, userId: string, chatId: string): Promise<Searched> {
  const { chat, clearedSeq } = await sightOf(db, userId, chatId)
  return { id: chat.id, userId, clearedSeq, lastMs: chat.last_ms }
}

/** Where somebody wrote last comes first. */
async function chatsOf(db: Reader, userId: string): Promise<Searched[]> {
  const rows = await select<{ id: string; last_ms: number; cleared_seq: number }>(
    db,
    `select c.id, c.last_ms, m.cleared_seq from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.user_id = ? and m.state = 'in' order by c.last_ms desc, c.id desc`,
    [userId],
  )
  return rows.map((row) => {
    return { id: row.id, userId, clearedSeq: row.cleared_seq, lastMs: row.last_ms }
  })
}

/** The number of a chat's first message that is too late for this page. */
async function beforeIn(db: Reader, chatId: string, from: Spot | null): Promise<number> {
  if (from === null) return Number.MAX_SAFE_INTEGER
  const untilMs = chatId < from.chat ? from.ms + 1 : from.ms
  const [row] = await select<{ seq: number }>(
    db,
    `select seq from messaging_messages where chat_id = ? and at_ms < ?
     order by at_ms desc limit 1`,
    [chatId, untilMs],
  )
  return row ? row.seq + 1 : 0
}

function cursorOf({ ms, chat }: Spot): string {
  return Buffer.from(`${ms} ${chat}`).toString('base64url')
}

function spotIn(cursor: string): Spot {
  const [, ms, chat] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (ms === undefined || chat === undefined) throw errors.QL_MSG_CURSOR()
  return { ms: Number(ms), chat }
}
