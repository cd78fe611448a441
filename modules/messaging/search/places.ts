import { places, select } from '../messages/prepared.ts'
import type { Reader } from '../tables.ts'
import type { AskedWord } from '#core'
import { batches, numberOf, SHORT } from './word-index.ts'

/** More words that begin so are looked for by their first letters, and read. */
const MAX_WORDS = 64
/** Of all chats together. */
const MAX_FORMS = 5_000
const LONGEST_SHORT = Math.max(...SHORT)
const AFTER_ALL = '\u{10FFFF}'
/** What is rare enough is not counted further. */
const COUNTED = 1_000

/** Numbers of an asked word in a chat; a message with one of them may say it. */
type Numbers = readonly number[]

/** Chats in which words are looked for: one of them, or all of a person. */
export type Where = { readonly chat: string } | { readonly userId: string }

/** For each asked word its numbers in a chat; undefined where one of them is never said. */
export type NumbersIn = (chatId: string) => readonly Numbers[] | undefined

interface Form {
  readonly chat_id: string
  readonly number: number
}

/** Looks all words up at once, in all the chats. */
export async function numbersOf(
  db: Reader,
  where: Where,
  asked: readonly AskedWord[],
): Promise<NumbersIn> {
  const found: ((chatId: string) => Numbers)[] = []
  for (const each of asked) found.push(await formsOf(db, where, each))
  return (chatId) => {
    const numbers = found.map((formsIn) => formsIn(chatId))
    return numbers.every((some) => some.length > 0) ? numbers : undefined
  }
}

async function formsOf(
  db: Reader,
  where: Where,
  { word, stem }: AskedWord,
): Promise<(chatId: string) => Numbers> {
  const [chats, chat] = chatsIn(where)
  const forms = await select<Form>(
    db,
    `select chat_id, number from messaging_words where stem = ? and chat_id ${chats}`,
    [stem, chat],
  )
  const isShort = word.length <= LONGEST_SHORT
  const begun = isShort
    ? []
    : await select<Form>(
        db,
        `select chat_id, number from messaging_words
         where chat_id ${chats} and word >= ? and word < ? limit ${MAX_FORMS}`,
        [chat, word, word + AFTER_ALL],
      )
  const same = Map.groupBy(forms, ({ chat_id }) => chat_id)
  const longer = Map.groupBy(begun, ({ chat_id }) => chat_id)
  const isCut = begun.length === MAX_FORMS
  const beginning = `${word.slice(0, LONGEST_SHORT)}*`
  return (chatId) => {
    const own = (same.get(chatId) ?? []).slice(0, MAX_WORDS).map(({ number }) => number)
    const others = (longer.get(chatId) ?? []).map(({ number }) => number)
    if (word.length === 1) return own
    const isMany = isShort || isCut || others.length > MAX_WORDS
    return [...new Set([...own, ...(isMany ? [numberOf(chatId, beginning)] : others)])]
  }
}

function chatsIn(where: Where): [string, string] {
  if ('chat' in where) return ['= ?', where.chat]
  return [
    `in (select m.chat_id from messaging_members m where m.user_id = ? and m.state = 'in')`,
    where.userId,
  ]
}

/** Between these numbers of messages, without them. */
export interface Between {
  readonly after: number
  readonly before: number
}

/** A message that says one of the asked words, and perhaps all. */
export interface Place {
  readonly seq: number
  readonly isLikely: boolean
}

/** The rarest word first: its messages are looked through for the others. */
export async function rarestFirst(db: Reader, words: readonly Numbers[]): Promise<Numbers[]> {
  if (words.length < 2) return [...words]
  const counted: { readonly numbers: Numbers; readonly count: number }[] = []
  for (const numbers of words) {
    const [filled = []] = batches(numbers)
    const [row] = await select<{ n: number }>(
      db,
      `select count(*) as n from (select 1 from messaging_occurrences
       where number in (${places(filled)}) limit ${COUNTED}) as counted`,
      filled,
    )
    counted.push({ numbers, count: row?.n ?? 0 })
  }
  return counted.toSorted((a, b) => a.count - b.count).map(({ numbers }) => numbers)
}

/** The latest messages with the first of the words, the latest first. */
export async function placesOf(
  db: Reader,
  [first = [], ...others]: readonly Numbers[],
  { after, before }: Between,
  size: number,
): Promise<Place[]> {
  const [numbers = []] = batches(first)
  const one = `select * from (select seq from messaging_occurrences
    where number = ? and seq > ? and seq < ? order by seq desc limit ?) as one`
  const rest = others.map((some) => batches(some)[0] ?? [])
  const says = rest.map(
    (some) => `exists (select 1 from messaging_occurrences o
      where o.number in (${places(some)}) and o.seq = found.seq)`,
  )
  const isLikely = says.length > 0 ? `case when ${says.join(' and ')} then 1 else 0 end` : '1'
  const rows = await select<{ seq: number; likely: number }>(
    db,
    `select seq, ${isLikely} as likely
     from (${numbers.map(() => one).join(' union ')}) as found order by seq desc limit ?`,
    [...rest.flat(), ...numbers.flatMap((number) => [number, after, before, size]), size],
  )
  return rows.map(({ seq, likely }) => ({ seq, isLikely: likely === 1 }))
}
