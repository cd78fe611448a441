import { type AskedWord, stemOf, wordsIn } from '#core'
import type { Said } from './word-index.ts'
import { saidIn } from './word-index.ts'

/** A stretch of a message's text; places and lengths in UTF-16 units. */
export interface Mark {
  readonly offset: number
  readonly length: number
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
