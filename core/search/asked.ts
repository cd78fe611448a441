import { stemOf } from './stems.ts'
import { otherLayout, wordsIn } from './words.ts'

/** A word that is looked for. */
export interface AskedWord {
  readonly word: string
  readonly stem: string
}

/** A stretch of a text; its place and length in UTF-16 units. */
export interface Mark {
  readonly offset: number
  readonly length: number
}

/** A form of the word that is looked for, or a word that begins so; one letter begins nothing. */
export function isMeant(said: string, { word, stem }: AskedWord): boolean {
  if (said === word || (word.length > 1 && said.startsWith(word))) return true
  return stemOf(said) === stem
}

/** Where in a text words stand that are looked for. */
export function marksIn(text: string, asked: readonly AskedWord[]): Mark[] {
  return wordsIn(text)
    .filter(({ word }) => asked.some((each) => isMeant(word, each)))
    .map(({ offset, length }) => ({ offset, length }))
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
