import { hash } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { stemOf, wordsIn } from '#core'
import { places } from '../messages/prepared.ts'
import type { Attachment, PostCard } from '../schema.ts'
import type { MessageTable, Reader } from '../tables.ts'

/*
 * Which words are said in which messages: each chat has its own words, each word a number, and each
 * number the messages it stands in, the newest found first. Beginnings of two and three letters
 * have numbers of their own, because too many words begin so to be looked through one by one.
 */

/** Beginnings that are found without looking for the words. */
export const SHORT = [2, 3] as const
const BATCH = 256
const NUMBER_BYTES = 6

type Writer = Pick<Reader, 'executeQuery'>
export type Said = Pick<MessageTable, 'chat_id' | 'seq' | 'text' | 'media' | 'post'>

/** Words of a message by which it is found: its text, the names of its files, its post's title. */
export function saidIn({ text, media, post }: Omit<Said, 'chat_id' | 'seq'>): Set<string> {
  const parts = [text, ...namesIn(media), ...titlesIn(post)]
  return new Set(parts.flatMap((part) => wordsIn(part).map(({ word }) => word)))
}

function namesIn(media: string | null): string[] {
  return media === null ? [] : (JSON.parse(media) as Attachment[]).map(({ name }) => name)
}

function titlesIn(post: string | null): string[] {
  if (post === null) return []
  const { title, excerpt } = JSON.parse(post) as PostCard
  return [title, excerpt]
}

/**
 * The number of a word, or of a beginning (`пр*`), in a chat. Two words may share one: what is
 * found is read before it is shown.
 */
export function numberOf(chatId: string, word: string): number {
  return hash('sha256', `${chatId} ${word}`, 'buffer').readUIntBE(0, NUMBER_BYTES)
}

function beginningsOf(words: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  for (const word of words) {
    for (const length of SHORT) if (word.length >= length) found.add(`${word.slice(0, length)}*`)
  }
  return found
}

/** Messages as they are now; once more changes nothing. */
export async function indexMessages(db: Writer, messages: readonly Said[]): Promise<void> {
  const words = new Map<string, (string | number)[]>()
  const occurrences: (string | number)[][] = []
  for (const message of messages) {
    const { chat_id: chatId, seq } = message
    const said = saidIn(message)
    for (const word of said) {
      words.set(`${chatId} ${word}`, [chatId, word, stemOf(word), numberOf(chatId, word)])
    }
    for (const each of [...said, ...beginningsOf(said)]) {
      occurrences.push([numberOf(chatId, each), seq])
    }
  }
  await insert(db, 'messaging_words (chat_id, word, stem, number)', [...words.values()])
  await insert(db, 'messaging_occurrences (number, seq)', occurrences)
}

/** Nothing of what the messages said stays. Call it with the messages as they were. */
export async function forgetMessages(db: Writer, messages: readonly Said[]): Promise<void> {
  for (const message of messages) await forget(db, message, saidIn(message))
}

/** What the message says now instead of what it said before. */
export async function reindexMessage(db: Writer, before: Said, now: Said): Promise<void> {
  const said = saidIn(now)
  const begun = beginningsOf(said)
  const gone = [...saidIn(before)].filter((word) => !said.has(word))
  await forget(db, before, new Set(gone), begun)
  await indexMessages(db, [now])
}

async function forget(
  db: Writer,
  { chat_id: chatId, seq }: Said,
  words: ReadonlySet<string>,
  keptBeginnings: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (words.size === 0) return
  const begun = [...beginningsOf(words)].filter((beginning) => !keptBeginnings.has(beginning))
  const all = [...words, ...begun].map((word) => numberOf(chatId, word))
  for (const numbers of batches(all)) {
    const sql = `delete from messaging_occurrences where number in (${places(numbers)}) and seq = ?`
    await run(db, sql, [...numbers, seq])
  }
  for (const some of batches([...words])) {
    const sql = `delete from messaging_words where chat_id = ? and word in (${places(some)})
      and not exists (select 1 from messaging_occurrences o where o.number = messaging_words.number)`
    await run(db, sql, [chatId, ...some])
  }
}

async function insert(
  db: Writer,
  columns: string,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  for (const some of batches(rows)) {
    const values = some.map((row) => `(${places(row)})`).join(', ')
    await run(db, `insert into ${columns} values ${values} on conflict do nothing`, some.flat())
  }
}

/**
 * Stretches of a list, each filled up to a power of two by repeating its last one, so that there are
 * few statements to prepare.
 */
export function batches<Item>(list: readonly Item[]): Item[][] {
  const found: Item[][] = []
  for (let from = 0; from < list.length; from += BATCH) {
    const some = list.slice(from, from + BATCH)
    const size = 2 ** Math.ceil(Math.log2(some.length))
    found.push(some.concat(Array<Item>(size - some.length).fill(some[some.length - 1] as Item)))
  }
  return found
}

async function run(db: Writer, sql: string, values: readonly (string | number)[]): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(sql, [...values]))
}
