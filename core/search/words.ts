/* Free of Node and of any library: pages in a browser look for words in the same way. */

/** A word of a text; its place and length in UTF-16 units. */
export interface FoundWord {
  /** As it is compared: see {@link plainWord}. */
  readonly word: string
  readonly offset: number
  readonly length: number
}

/** Longer words are told apart by their beginnings only. */
const MAX_WORD = 64
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
const LATIN_MARKS = /(?<=\p{Script=Latin})\p{M}+/gu
const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю'

/** Letters and digits, in their order; everything else divides words. */
export function wordsIn(text: string): FoundWord[] {
  return Array.from(text.matchAll(WORD), ({ 0: found, index }) => ({
    word: plainWord(found),
    offset: index,
    length: found.length,
  }))
}

/** Small letters, ё as е, Latin letters without their marks. */
export function plainWord(word: string): string {
  const bare = word.normalize('NFKD').replace(LATIN_MARKS, '').normalize('NFC')
  return bare.toLowerCase().replaceAll('ё', 'е').slice(0, MAX_WORD).toWellFormed()
}

/** What the same keys write on the other of a Russian and an English keyboard. */
export function otherLayout(text: string): string {
  return Array.from(text.toLowerCase(), (char) => {
    const at = LATIN.indexOf(char)
    if (at >= 0) return CYRILLIC[at] ?? char
    const back = CYRILLIC.indexOf(char)
    return back >= 0 ? (LATIN[back] ?? char) : char
  }).join('')
}

/** Every word asked for begins a word of the text, as it is written or on the other keyboard. */
export function beginsIn(text: string, query: string): boolean {
  const words = wordsIn(text)
  const asks = (asked: string): boolean =>
    wordsIn(asked).every(({ word: part }) => words.some(({ word }) => word.startsWith(part)))
  return asks(query) || asks(otherLayout(query))
}
