export type Language = 'ru' | 'en'

/** How a text reads, by counting. */
export interface Readability {
  readonly words: number
  readonly sentences: number
  readonly syllables: number
  /**
   * Reading ease, 0 (a law) to 100 (a tale for children): Flesch for English, Flesch with the
   * coefficients of Irina Oborneva (2006) for Russian. 0 for a text without words.
   */
  readonly ease: number
}

interface Formula {
  readonly base: number
  readonly perWord: number
  readonly perSyllable: number
}

const FORMULA: Readonly<Record<Language, Formula>> = {
  en: { base: 206.835, perWord: 1.015, perSyllable: 84.6 },
  ru: { base: 206.835, perWord: 1.3, perSyllable: 60.1 },
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)*/gu
const LETTERS: Readonly<Record<Language, RegExp>> = { ru: /[а-яё]/gi, en: /[a-z]/gi }

export function readability(text: string, language: Language): Readability {
  const prose = proseOf(text, language)
  const words = wordsOf(prose)
  const sentences = sentencesOf(prose).length
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word, language), 0)
  return { words: words.length, sentences, syllables, ease: ease() }

  function ease(): number {
    if (words.length === 0 || sentences === 0) return 0
    const { base, perWord, perSyllable } = FORMULA[language]
    const raw =
      base - perWord * (words.length / sentences) - perSyllable * (syllables / words.length)
    return Math.round(Math.min(100, Math.max(0, raw)))
  }
}

/** Words, without numbers; a word with a hyphen or an apostrophe is one. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? []
}

/**
 * Sentences of a text. A line end closes one; so does a full stop before a capital letter, unless
 * it belongs to an initial («А. С. Пушкин») or to a known abbreviation.
 */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap(sentencesOfLine)
    .filter((part) => wordsOf(part).length > 0)
}

const ENDING = /[.!?…]+[»”"')\]]*\s+(?=[«“"'([—–-]*\s*[\p{Lu}\p{N}])/gu
const NOT_AN_END =
  /(?:^|[\s(«“])(?:\p{Lu}|ул|им|см|рис|стр|г|гг|тыс|млн|Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e)\.\s*$/u

function sentencesOfLine(line: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const match of line.matchAll(ENDING)) {
    const end = match.index + match[0].length
    if (NOT_AN_END.test(line.slice(from, end))) continue
    parts.push(line.slice(from, end))
    from = end
  }
  return [...parts, line.slice(from)]
}

/** Syllables of one word: its vowels in Russian, groups of vowels without a mute e in English. */
export function syllablesOf(word: string, language: Language): number {
  if (language === 'ru') return word.match(/[аеёиоуыэюя]/gi)?.length ?? 0
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  const groups = plain.match(/[aeiouy]+/g)?.length ?? 0
  // Mute: the e of «lake» and «likes», the ed of «looked»; sounded: «table», «added», «faces».
  const mute = /(?:[^aeiouyl]e|[aeiouy]le|[^aeiouycgsxz]es|[^aeiouytd]ed)$/.test(plain) ? 1 : 0
  return Math.max(1, groups - mute)
}

/** Lines in the language of the text: tables, and code in a Russian post, are not read aloud. */
function proseOf(text: string, language: Language): string {
  return text
    .split('\n')
    .filter((line) => {
      if (line.includes('\t')) return false
      const letters = line.match(/\p{L}/gu)?.length ?? 0
      return (line.match(LETTERS[language])?.length ?? 0) * 2 > letters
    })
    .join('\n')
}
