import { stemOf } from './stems.ts'
import { otherLayout, wordsIn } from './words.ts'

/** A word that is looked for. */
export interface AskedWord {
  readonly word: string
  readonly stem: string
}

/** Ways to read what was asked: as it is written, and as the same keys of the other keyboard. */
export function waysToRead(query: string): AskedWord[][] {
  const ways = [askedIn(query), askedIn(otherLayout(query))].filter((words) => words.length > 0)
  const [one, other] = ways
  const isSame = one && other && keyOf(one) === keyOf(other)
  return isSame ? [one] : ways
}

function askedIn(query: string): AskedWord[] {
  const words = new Set(wordsIn(query).map(({ word }) => word))
  return [...words].map((word) => ({ word, stem: stemOf(word) }))
}

function keyOf(words: readonly AskedWord[]): string {
  return words.map(({ word }) => word).join(' ')
}
