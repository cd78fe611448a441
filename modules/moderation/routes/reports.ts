import { actorOf, type Desk, REPORT_LIMIT } from '../desk.ts'
import { listQueue } from '../queue.ts'
import { file } from '../reports.ts'
import { NewReport, OwnReport, QUEUE_STATES, QueueList, QueueQuery } from '../schema.ts'

export function reportRoutes(desk: Desk): void {
  const { app } = desk
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
      const filed = await file(desk, actorOf(request), request.body)
      return { status: filed.isNew ? 201 : 200, body: { id: filed.id, state: 'open' } }
    },
  )

  app.route(
    'GET',
    '/api/v1/admin/content',
    {
      policy: 'moderator',
      summary:
        'What people have reported, each thing once; the open ones when nothing else is asked',
      query: QueueQuery,
      responses: { 200: QueueList },
    },
    async (request) => {
      const { query } = request
      const state = QUEUE_STATES.find((known) => known === query['state']) ?? 'open'
      return { body: await listQueue(desk, actorOf(request), state, query['cursor']) }
    },
  )
}
