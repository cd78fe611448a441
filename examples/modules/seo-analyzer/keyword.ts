import { wordsOf } from './readability.ts'

/** Words that say nothing about the subject of a text. */
const EMPTY_WORDS = new Set(
  (
    'about after again been before being does down from have here into just like made make more ' +
    'most much only other over same some such than that their them then there these they this ' +
    'those through under until very were what when where which while will with would your ' +
    'была были было быть ведь весь всего всех даже если есть ещё или как когда которая которой ' +
    'которого которое которые который меня много может можно надо него неё ними однако одна одно ' +
    'одного одной один перед пока после потом почему почти просто себя своей свой себе такой также ' +
    'тоже только хотя чего через чтобы этого этой этот эта эти это'
  ).split(' '),
)

/** The words of a title that carry its subject, in lower case. */
export function keywordsIn(title: string): string[] {
  const words = wordsOf(title).map((word) => word.toLowerCase())
  const long = words.filter((word) => word.length >= 4 && !EMPTY_WORDS.has(word))
  return long.length > 0 ? long : words.filter((word) => word.length === 3)
}

/**
 * Whether two words look like forms of one: «тумана» and «туман», “letters” and “letter”. They do
 * when they begin alike for three quarters of the keyword, and neither goes on much longer.
 */
export function sharesRoot(keyword: string, word: string): boolean {
  const other = word.toLowerCase().replaceAll('ё', 'е')
  const own = keyword.replaceAll('ё', 'е')
  const root = own.slice(0, Math.max(3, Math.floor(own.length * 0.75)))
  return other.startsWith(root) && other.length <= own.length + 3
}
