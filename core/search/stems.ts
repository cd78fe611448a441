import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as russian } from '@orama/stemmers/russian'

const CYRILLIC = /^[а-я]+$/
const LATIN = /^[a-z]+$/

/**
 * What the forms of a Russian or an English word have in common (Snowball); words in other letters
 * are their own.
 *
 * @param word as `plainWord` answers it.
 */
export function stemOf(word: string): string {
  if (CYRILLIC.test(word)) return russian(word)
  return LATIN.test(word) ? english(word) : word
}
