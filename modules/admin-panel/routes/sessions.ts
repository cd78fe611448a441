import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { SessionParams, SessionsEnded, UserParams, UserSessions } from '../schema.ts'

export function sessionRoutes(app: App): void {
  const { people } = app.administration
  endingEverybody(app)

  app.route(
    'GET',
    '/api/v1/admin/users/:id/sessions',
    {
      policy: 'admin',
      summary: 'Where a person is signed in, the last used first; at most 100',
      params: UserParams,
      responses: { 200: UserSessions },
    },
    async ({ params }) => {
      const { id } = await people.person(params['id'] ?? '')
      const items = (await people.sessions(id)).map(({ device, ...session }) => ({
        ...session,
        ...device,
      }))
      return { body: { items, nextCursor: null } }
    },
  )

  app.route(
    'DELETE',
    '/api/v1/admin/users/:id/sessions',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'End all sessions of a person',
      params: UserParams,
      responses: { 200: SessionsEnded },
    },
    async (request) => {
      const { id = '' } = request.params
      return { body: { ended: await people.endSessions(actorOf(request), id) } }
    },
  )

  app.route(
    'DELETE',
    '/api/v1/admin/users/:id/sessions/:session',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'End one session of a person, at once and everywhere',
      params: SessionParams,
    },
    async (request) => {
      const { id = '', session = '' } = request.params
      await people.endSession(actorOf(request), id, session)
      return { status: 204 }
    },
  )
}

function endingEverybody(app: App): void {
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
