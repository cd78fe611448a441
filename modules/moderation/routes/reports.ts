import { actorOf, type Desk, REPORT_LIMIT } from '../desk.ts'
import { decide, file, listReports } from '../reports.ts'
import {
  DecisionBody,
  NewReport,
  OwnReport,
  QueueQuery,
  ReportList,
  ReportParams,
} from '../schema.ts'
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
    '/api/v1/reports',
    {
      policy: 'moderator',
      summary: 'Reports, the open ones when nothing else is asked',
      query: QueueQuery,
      responses: { 200: ReportList },
    },
    async ({ query }) => {
      const state = DECISIONS.find((known) => known === query['state']) ?? 'open'
      return { body: await listReports(db.reader, state, query['cursor']) }
    },
  )

  app.route(
    'PUT',
    '/api/v1/reports/:id/decision',
    {
      policy: 'moderator',
      summary: 'Decide on a report, once',
      params: ReportParams,
      body: DecisionBody,
    },
    async (request) => {
      const { id = '' } = request.params
      const now = app.clock.now()
      await db.transaction((tx) => decide(tx, actorOf(request), id, request.body, now))
      return { status: 204 }
    },
  )
}
