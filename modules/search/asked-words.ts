import { otherLayout, stemOf, wordsIn } from '#core'

/** A word that is looked for. */
export interface AskedWord {
  readonly word: string
  readonly stem: string
}

/** More words than this are not looked for. */
const MAX_WORDS = 8

/** Ways to read what was typed: as it is, and as the same keys of the other keyboard. */
export function waysToRead(query: string): readonly (readonly AskedWord[])[] {
  return [query, otherLayout(query)].map(wordsAsked).filter((words) => words.length > 0)
}

function wordsAsked(text: string): readonly AskedWord[] {
  const byStem = new Map<string, AskedWord>()
  for (const { word } of wordsIn(text)) byStem.set(stemOf(word), { word, stem: stemOf(word) })
  return [...byStem.values()].slice(0, MAX_WORDS)
}

/** A stretch of a text, and whether it was asked for. */
export interface Stretch {
  readonly text: string
  readonly isFound: boolean
}

/** A text cut where the words that are asked for begin and end. */
export function stretches(text: string, query: string): readonly Stretch[] {
  const asked = waysToRead(query).flat()
  const found = wordsIn(text).filter(({ word }) =>
    asked.some((each) => word.startsWith(each.word) || stemOf(word) === each.stem),
  )
  const parts: Stretch[] = []
  let at = 0
  for (const { offset, length } of found) {
    parts.push({ text: text.slice(at, offset), isFound: false })
    parts.push({ text: text.slice(offset, offset + length), isFound: true })
    at = offset + length
  }
  parts.push({ text: text.slice(at), isFound: false })
  return parts.filter((part) => part.text !== '')
}
