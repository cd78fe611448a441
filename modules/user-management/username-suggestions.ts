const WANTED = 2
const MAX_STEM = 26

/**
 * Two free user names close to a wanted one; fewer, or none, where nothing sensible can be made of
 * it.
 */
export async function suggestUsernames(
  wanted: string,
  isFree: (username: string) => Promise<boolean>,
): Promise<string[]> {
  const stem = inLatin(wanted.normalize('NFKC').toLowerCase())
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[^a-z]+/, '')
  if (stem === '') return []
  const short = stem.slice(0, MAX_STEM)
  const found: string[] = []
  for (const candidate of candidates(short)) {
    if (await isFree(candidate)) found.push(candidate)
    if (found.length === WANTED) break
  }
  return found
}

const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'
const LATIN = 'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya'.split(
  ' ',
)

/** `анна` as `anna`; what merely looks Latin, as the `а` in `pаypal`, becomes it as well. */
function inLatin(text: string): string {
  return text.replaceAll(/[а-яё]/g, (letter) => {
    const latin = LATIN[CYRILLIC.indexOf(letter)] ?? ''
    return latin === '-' ? '' : latin
  })
}

function candidates(stem: string): readonly string[] {
  return [
    stem,
    `${stem}-here`,
    `hi-${stem}`,
    ...[2, 3, 5, 7, 11, 17].map((number) => `${stem}${number}`),
  ]
}
