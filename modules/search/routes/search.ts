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
      summary:
        'People, tags and public posts by their words; your own posts by their titles (`own`), chats by their names, messages of your chats',
      query: SearchQuery,
      limit: SEARCH_LIMIT,
      responses: { 200: FoundList },
    },
    async ({ query, actor, locale }) => {
      const { q = '', type, cursor, limit } = query
      const asked = type?.split(',') ?? TYPES
      const types = TYPES.filter((known) => asked.includes(known))
      const question = { q, cursor, limit: limit === undefined ? PAGE : Number(limit) }
      return { body: await search(finder, { actor, locale }, types, question) }
    },
  )
}
