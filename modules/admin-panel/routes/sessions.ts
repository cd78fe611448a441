import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { SessionsEnded } from '../schema.ts'

export function sessionRoutes(app: App): void {
  app.route(
    'DELETE',
    '/api/v1/admin/sessions',
    {
      policy: 'owner',
      stepUp: true,
      summary: 'End the sessions of everybody but the one that asks',
      responses: { 200: SessionsEnded },
    },
    async (request) => ({
      body: { ended: await app.administration.people.endEverybody(actorOf(request)) },
    }),
  )
}
