import { MEASURED } from './blogs.ts'
import { allTurns, type Figure, ofPairs, ofRounds, pairwise } from './figures.ts'
import { probe } from './probe.ts'
import type { Served } from './served.ts'

const ROUNDS = 5
const PROBE_S = 3
const POST = `/user/${MEASURED.username}/blog/${MEASURED.slug}`
const WATCHED = ['/health', POST]

/** What a station holds whose pages are watched. */
export const BLOGS = { authors: 5, postsEach: 20, paragraphs: 11 }

/** p99 of each watched page, round by round. */
export interface Besides {
  readonly quiet: readonly number[][]
  readonly busy: readonly number[][]
}

/** What is felt of pages in quiet, and while `trouble` goes on again and again. */
export async function besides(station: Served, trouble: () => Promise<void>): Promise<Besides> {
  await probe(station, WATCHED, PROBE_S)
  return allTurns(ROUNDS, {
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
}

export function besideFigures(what: string, { quiet, busy }: Besides): Figure[] {
  return ['/health', 'a post page'].flatMap((page, index): Figure[] => {
    const of = (rounds: Besides['quiet']): number[] =>
      rounds.map((each) => each[index] ?? Number.NaN)
    const [calm, troubled] = [of(quiet), of(busy)]
    const ratios = pairwise(troubled, calm, (one, other) => one / other)
    return [
      ofRounds(calm, { name: `p99 of ${page} in quiet`, unit: 'ms' }),
      ofPairs(troubled, ratios, { name: `  the same ${what}`, unit: 'ms', goal: 'ratio < 2' }),
    ]
  })
}
