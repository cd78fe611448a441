import { MEASURED } from './blogs.ts'
import { allTurns, type Figure, median } from './figures.ts'
import { probe } from './probe.ts'
import type { Served } from './served.ts'

const ROUNDS = 3
const PROBE_S = 2
const POST = `/user/${MEASURED.username}/blog/${MEASURED.slug}`
const WATCHED = ['/health', POST]

/** What a station holds whose pages are watched. */
export const BLOGS = { authors: 5, postsEach: 20, paragraphs: 11 }

/** p99 of the watched pages in quiet, and while `trouble` goes on again and again. */
export async function besides(
  station: Served,
  trouble: () => Promise<void>,
): Promise<{ readonly quiet: number[]; readonly busy: number[] }> {
  await probe(station, WATCHED, PROBE_S)
  const turns = await allTurns(ROUNDS, {
    quiet: () => probe(station, WATCHED, PROBE_S),
    busy: async () => {
      const over = new AbortController()
      const troubled = (async () => {
        while (!over.signal.aborted) await trouble()
      })()
      const found = await probe(station, WATCHED, PROBE_S)
      over.abort()
      await troubled
      return found
    },
  })
  const medians = (found: number[][]): number[] =>
    WATCHED.map((_, index) => median(found.map((each) => each[index] ?? Number.NaN)))
  return { quiet: medians(turns.quiet), busy: medians(turns.busy) }
}

export function besideFigures(
  what: string,
  { quiet, busy }: { readonly quiet: number[]; readonly busy: number[] },
): Figure[] {
  return ['/health', 'a post page'].flatMap((page, index): Figure[] => {
    const [calm = Number.NaN, value = Number.NaN] = [quiet[index], busy[index]]
    return [
      { name: `p99 of ${page} in quiet`, value: calm, unit: 'ms' },
      { name: `  the same ${what}`, value, unit: 'ms', ratio: value / calm, goal: 'ratio < 2' },
    ]
  })
}
