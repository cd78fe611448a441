import { type App, Type } from '#core'
import { periodIn, PERIODS } from '../overview/periods.ts'
import { statsOf } from '../overview/stats.ts'

const StatsQuery = Type.Object(
  { period: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: [...PERIODS] })) },
  { additionalProperties: false },
)

export function statsRoutes(app: App): void {
  app.route(
    'GET',
    '/api/v1/admin/stats',
    {
      policy: 'admin',
      summary: 'What the overview shows: people, posts, messages, events, storage, health',
      query: StatsQuery,
    },
    async ({ query }) => ({ body: await statsOf(app, periodIn(query['period'])) }),
  )
}
