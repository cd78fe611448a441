import { inLatin } from './latin.ts'

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
  const stem = inLatin(wanted)
  if (stem === '') return []
  const short = stem.slice(0, MAX_STEM)
  const found: string[] = []
  for (const candidate of candidates(short)) {
    if (await isFree(candidate)) found.push(candidate)
    if (found.length === WANTED) break
  }
  return found
}

function candidates(stem: string): readonly string[] {
  return [
    stem,
    `${stem}-here`,
    `hi-${stem}`,
    ...[2, 3, 5, 7, 11, 17].map((number) => `${stem}${number}`),
  ]
}
