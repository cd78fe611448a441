import type { Finder } from '../finder.ts'
import { FoundList, SEARCH_LIMIT, SearchQuery, TYPES } from '../schema.ts'
import { search } from '../search.ts'

const PAGE = 20

export function searchRoutes(finder: Finder): void {
  finder.app.route(
    'GET',
    '/api/v1/search',
    {
      policy: 'public',
      summary: 'People and public posts by their words; `own` are your own posts by their titles',
      query: SearchQuery,
      limit: SEARCH_LIMIT,
      responses: { 200: FoundList },
    },
    async ({ query, actor }) => {
      const { q = '', cursor, limit } = query
      const type = TYPES.find((known) => known === query['type'])
      const question = { q, cursor, limit: limit === undefined ? PAGE : Number(limit) }
      return { body: await search(finder, actor, type, question) }
    },
  )
}
