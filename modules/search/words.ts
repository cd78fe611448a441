import { type ModuleTransaction, stemOf, wordsIn } from '#core'
import type { Kind, SearchTables } from './tables.ts'

/** A text and what its words count. */
export interface Passage {
  readonly text: string
  readonly weight: number
}

export interface Subject {
  readonly kind: Kind
  readonly id: string
}

type Tx = ModuleTransaction<SearchTables>

/** Most different words of one post; the rest of a longer one is not found. */
const MAX_STEMS = 5_000
const BATCH = 200

/** Puts the words of a thing in the place of those it had. */
export async function putWords(
  { db }: Tx,
  { kind, id }: Subject,
  owner: string,
  passages: readonly Passage[],
): Promise<void> {
  const weights = new Map<string, number>()
  for (const { text, weight } of passages) {
    for (const key of wordsIn(text).flatMap(({ word }) => keysOf(word))) {
      if (weights.size < MAX_STEMS || weights.has(key)) {
        weights.set(key, Math.max(weights.get(key) ?? 0, weight))
      }
    }
  }
  await db.deleteFrom('search_words').where('subject', '=', id).where('kind', '=', kind).execute()
  const rows = [...weights].map(([stem, weight]) => ({ kind, stem, subject: id, owner, weight }))
  for (let from = 0; from < rows.length; from += BATCH) {
    await db
      .insertInto('search_words')
      .values(rows.slice(from, from + BATCH))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** A stem that the word does not begin with cannot be found by the beginning of the word. */
function keysOf(word: string): string[] {
  const stem = stemOf(word)
  return word.startsWith(stem) ? [stem] : [stem, word]
}
