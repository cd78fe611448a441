import { sql } from 'kysely'
import type { AskedWord, ModuleDb } from '#core'
import { askedWords } from './asked-words.ts'
import type { Kind, SearchTables } from './tables.ts'

type Reader = ModuleDb<SearchTables>['reader']

const AFTER_ALL = '\u{10FFFF}'
/** So short beginnings stand in most texts. */
const LEAST_PREFIX = { posts: 3, users: 1 } as const
const CURSOR = /^([01])\.(\d{1,9})\.([0-9a-f-]{1,36})$/

export interface Question {
  readonly q: string
  readonly limit: number
  readonly cursor?: string | undefined
}

export interface Ranked {
  /** Ids, the best first. */
  readonly ids: readonly string[]
  readonly nextCursor: string | null
}

interface Place {
  readonly score: number
  readonly subject: string
}

/** Where all words that are asked for stand; the other keyboard is tried where nothing is found. */
export async function rank(
  reader: Reader,
  kind: Kind,
  { q, limit, cursor }: Question,
): Promise<Ranked> {
  const ways = askedWords(q)
  const [, way, score, subject = ''] = CURSOR.exec(cursor ?? '') ?? []
  if (way !== undefined) {
    const after = { score: Number(score), subject }
    return pageOf(await places(reader, kind, ways[Number(way)] ?? [], limit, after), limit, way)
  }
  for (const [index, words] of ways.entries()) {
    const found = await places(reader, kind, words, limit)
    if (found.length > 0) return pageOf(found, limit, String(index))
  }
  return { ids: [], nextCursor: null }
}

function pageOf(found: readonly Place[], limit: number, way: string): Ranked {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const isMore = found.length > limit && last
  return {
    ids: shown.map(({ subject }) => subject),
    nextCursor: isMore ? `${way}.${last.score}.${last.subject}` : null,
  }
}

async function places(
  reader: Reader,
  kind: Kind,
  words: readonly AskedWord[],
  limit: number,
  after?: Place,
): Promise<readonly Place[]> {
  const [first, ...others] = words.map((word) => hitsOf(reader, kind, word))
  if (!first) return []
  const hits = others.reduce((all, one) => all.unionAll(one), first)
  const score = sql<number>`sum(weight)`
  let query = reader
    .selectFrom(hits.as('hits'))
    .select(['subject', score.as('score')])
    .groupBy('subject')
    .having(({ fn }) => fn.countAll(), '=', words.length)
    .orderBy(score, 'desc')
    .orderBy('subject', 'desc')
    .limit(limit + 1)
  if (after) {
    query = query.having(
      sql<boolean>`(sum(weight) < ${after.score}
        or (sum(weight) = ${after.score} and subject < ${after.subject}))`,
    )
  }
  const rows = await query.execute()
  return rows.map((row) => ({ subject: row.subject, score: row.score }))
}

/** Where one word stands, in whatever form, and what it counts there. */
function hitsOf(reader: Reader, kind: Kind, { word, stem }: AskedWord) {
  const isPrefix = word.length >= LEAST_PREFIX[kind]
  return reader
    .selectFrom('search_words')
    .select(['subject'])
    .select(({ fn }) => fn.max('weight').as('weight'))
    .where('kind', '=', kind)
    .where((where) =>
      isPrefix
        ? where.or([
            where('stem', '=', stem),
            where.and([where('stem', '>=', word), where('stem', '<', word + AFTER_ALL)]),
          ])
        : where('stem', '=', stem),
    )
    .groupBy('subject')
}
