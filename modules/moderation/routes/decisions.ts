import { actorOf, type Desk } from '../desk.ts'
import { decide } from '../reports.ts'
import { DecisionBody, ReportParams } from '../schema.ts'
import { reopen } from '../undo.ts'

export function decisionRoutes({ app, db }: Desk): void {
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

  app.route(
    'DELETE',
    '/api/v1/reports/:id/decision',
    {
      policy: 'moderator',
      summary: 'Take one’s own decision back, within ten seconds',
      params: ReportParams,
    },
    async (request) => {
      const { id = '' } = request.params
      const now = app.clock.now()
      await db.transaction((tx) => reopen(tx, actorOf(request), id, now))
      return { status: 204 }
    },
  )
}
