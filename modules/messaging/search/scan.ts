import { places, select } from '../messages/prepared.ts'
import { SEEN } from '../members/sight.ts'
import type { MessageTable, Reader } from '../tables.ts'
import type { AskedWord } from '#core'
import { saysAll } from './asked.ts'
import { type NumbersIn, placesOf, rarestFirst } from './places.ts'
import { batches } from './word-index.ts'

const FIRST_SIZE = 64
const MAX_SIZE = 1_024
/** Messages looked through in one chat for one page. */
const MAX_LOOKED = 4_096

/** A chat as somebody sees it. */
export interface Searched {
  readonly id: string
  readonly userId: string
  readonly clearedSeq: number
  /** When it was written in last. */
  readonly lastMs: number
}

export interface Found {
  readonly row: MessageTable
  readonly asked: readonly AskedWord[]
}

export interface Scanned {
  readonly found: readonly Found[]
  /** Everything from then on has been looked at; 0 when all has. */
  readonly sinceMs: number
}

/**
 * The latest messages of a chat that say all that is asked, and that the person sees: at least
 * `wanted`, unless there are fewer, or they are too far apart for one page.
 */
export async function scan(
  db: Reader,
  chat: Searched,
  { asked, numbersIn }: { readonly asked: readonly AskedWord[]; readonly numbersIn: NumbersIn },
  { before, wanted }: { readonly before: number; readonly wanted: number },
): Promise<Scanned> {
  const said = numbersIn(chat.id)
  if (!said) return { found: [], sinceMs: 0 }
  const words = await rarestFirst(db, said)
  const found: Found[] = []
  let looked = 0
  let end = before
  for (let size = FIRST_SIZE; ; size = Math.min(size * 4, MAX_SIZE)) {
    const some = await placesOf(db, words, { after: chat.clearedSeq, before: end }, size)
    const rows = await seen(
      db,
      chat,
      some.filter(({ isLikely }) => isLikely).map(({ seq }) => seq),
    )
    found.push(...rows.filter((row) => saysAll(row, asked)).map((row) => ({ row, asked })))
    looked += some.length
    end = some.at(-1)?.seq ?? end
    if (some.length < size) return { found, sinceMs: 0 }
    if (found.length >= wanted || looked >= MAX_LOOKED) {
      return { found, sinceMs: await instantOf(db, chat.id, end) }
    }
  }
}

async function seen(
  db: Reader,
  { id, clearedSeq, userId }: Searched,
  seqs: readonly number[],
): Promise<MessageTable[]> {
  const rows: MessageTable[] = []
  for (const some of batches(seqs)) {
    rows.push(
      ...(await select<MessageTable>(
        db,
        `select m.* from messaging_messages m where ${SEEN} and m.seq in (${places(some)})
         order by m.seq desc`,
        [id, clearedSeq, userId, ...some],
      )),
    )
  }
  return rows
}

async function instantOf(db: Reader, chatId: string, seq: number): Promise<number> {
  const [row] = await select<{ at_ms: number }>(
    db,
    'select at_ms from messaging_messages where chat_id = ? and seq = ?',
    [chatId, seq],
  )
  return row?.at_ms ?? 0
}
