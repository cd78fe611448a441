import { otherLayout, stemOf, wordsIn } from '#core'
import type { Said } from './word-index.ts'
import { saidIn } from './word-index.ts'

/** A word that is looked for. */
export interface AskedWord {
  readonly word: string
  readonly stem: string
}

/** A stretch of a message's text; places and lengths in UTF-16 units. */
export interface Mark {
  readonly offset: number
  readonly length: number
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

/** A form of the word, or a word that begins so; one letter begins nothing. */
function isMeant(said: string, { word, stem }: AskedWord): boolean {
  if (said === word || (word.length > 1 && said.startsWith(word))) return true
  return stemOf(said) === stem
}

/** Every word that is asked for is said in the message. */
export function saysAll(message: Said, asked: readonly AskedWord[]): boolean {
  const said = [...saidIn(message)]
  return asked.every((word) => said.some((each) => isMeant(each, word)))
}

/** Where in a text it is said. */
export function marksIn(text: string, asked: readonly AskedWord[]): Mark[] {
  return wordsIn(text)
    .filter(({ word }) => asked.some((each) => isMeant(word, each)))
    .map(({ offset, length }) => ({ offset, length }))
}
