import { actorOf, type Desk, REPORT_LIMIT } from '../desk.ts'
import { file, listReports } from '../reports.ts'
import { NewReport, OwnReport, QueueQuery, ReportList } from '../schema.ts'
import { DECISIONS } from '../tables.ts'

export function reportRoutes({ app, db }: Desk): void {
  app.route(
    'POST',
    '/api/v1/reports',
    {
      policy: 'member',
      summary: 'Report something to the moderators',
      limit: REPORT_LIMIT,
      body: NewReport,
      responses: { 201: OwnReport, 200: OwnReport },
    },
    async (request) => {
      const filed = await db.transaction((tx) =>
        file(tx, actorOf(request), request.body, app.clock.now()),
      )
      return { status: filed.isNew ? 201 : 200, body: { id: filed.id, state: 'open' } }
    },
  )

  app.route(
    'GET',
    '/api/v1/admin/content',
    {
      policy: 'moderator',
      summary: 'What people have reported, the open ones when nothing else is asked',
      query: QueueQuery,
      responses: { 200: ReportList },
    },
    async ({ query }) => {
      const state = DECISIONS.find((known) => known === query['state']) ?? 'open'
      return { body: await listReports(db.reader, state, query['cursor']) }
    },
  )
}
