import { type AskedWord, marksIn, waysToRead } from '#core'

/** More words than this are not looked for. */
const MAX_WORDS = 8

/** Every way to read what was typed, with one word of each stem. */
export function askedWords(query: string): readonly (readonly AskedWord[])[] {
  return waysToRead(query).map((words) => {
    const byStem = new Map(words.map((word) => [word.stem, word]))
    return [...byStem.values()].slice(0, MAX_WORDS)
  })
}

/** A stretch of a text, and whether it was asked for. */
export interface Stretch {
  readonly text: string
  readonly isFound: boolean
}

/** A text cut where the words that are asked for begin and end. */
export function stretches(text: string, query: string): readonly Stretch[] {
  const parts: Stretch[] = []
  let at = 0
  for (const { offset, length } of marksIn(text, askedWords(query).flat())) {
    parts.push({ text: text.slice(at, offset), isFound: false })
    parts.push({ text: text.slice(offset, offset + length), isFound: true })
    at = offset + length
  }
  parts.push({ text: text.slice(at), isFound: false })
  return parts.filter((part) => part.text !== '')
}
