/**
 * Russian letters as Latin ones; the rest of Cyrillic that people write here beside them. One
 * letter never reads as another pair's beginning: щ is `shch`, so it cannot be mistaken for ш.
 */
const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ў: 'u',
  ђ: 'dj',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  џ: 'dz',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ı: 'i',
}

/** Long titles are cut between words; addresses stay readable and below any limit. */
const MAX_WORDS_LENGTH = 80

/**
 * The words of a title as an address: small Latin letters, digits and hyphens. Empty when nothing
 * of the title can be written so.
 *
 * @example slugWords('Привет, мир! Ещё щука') // 'privet-mir-eshchyo-shchuka'
 */
export function slugWords(title: string): string {
  const latin = Array.from(
    title.normalize('NFC').toLowerCase(),
    (letter) => LETTERS[letter] ?? letter,
  )
    .join('')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f'’ʼ]/g, '')
  const words = latin.match(/[a-z0-9]+/g) ?? []
  return cutBetweenWords(words)
}

function cutBetweenWords(words: readonly string[]): string {
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > MAX_WORDS_LENGTH)
      return slug === '' ? word.slice(0, MAX_WORDS_LENGTH) : slug
    slug = longer
  }
  return slug
}
