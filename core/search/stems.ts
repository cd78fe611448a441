import { stemmer as english } from '@orama/stemmers/english'
import { russianStem } from './russian.ts'

const CYRILLIC = /^[а-я]+$/
const LATIN = /^[a-z]+$/

/**
 * What the forms of a Russian or an English word have in common (Snowball, and what it does not know
 * of Russian); words in other letters are their own. It need not be the beginning of the word. Whoever
 * keeps stems makes them anew when this changes.
 *
 * @param word as `plainWord` answers it.
 */
export function stemOf(word: string): string {
  if (CYRILLIC.test(word)) return russianStem(word)
  return LATIN.test(word) ? english(word) : word
}
