/**
 * Russian letters as Latin ones; the rest of Cyrillic that people write here beside them, and
 * Greek as road signs have it (ELOT 743). One letter never reads as another pair's beginning: щ is
 * `shch`, so it cannot be mistaken for ш.
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
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
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
 * of the title can be written so, or only numbers beside words of a script that is not known here:
 * they would say little, and the same of many titles.
 *
 * @example slugWords('Привет, мир! Ещё щука') // 'privet-mir-eshchyo-shchuka'
 */
export function slugWords(title: string): string {
  const known = title
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/ο[υύ]/g, 'ou')
  const latin = Array.from(known, inLatin)
    .join('')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f'’ʼ]/g, '')
  const words = latin.match(/[a-z0-9]+/g) ?? []
  const saysNothing = !/[a-z]/.test(latin) && /\p{L}/u.test(latin)
  return saysNothing ? '' : cutBetweenWords(words)
}

/** Greek letters are looked up without their accents; й and ё are letters, not accented ones. */
function inLatin(letter: string): string {
  return LETTERS[letter] ?? LETTERS[letter.normalize('NFD').charAt(0)] ?? letter
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
