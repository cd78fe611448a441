import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { EndedSessions, IdParams, SessionList } from '../schema.ts'

export function ownSessionRoutes(app: App): void {
  const { sessions } = app.auth

  app.route(
    'GET',
    '/api/v1/me/sessions',
    {
      policy: 'member',
      summary: 'Where this person is signed in; this session first',
      responses: { 200: SessionList },
    },
    async (request) => {
      const found = await sessions.list(actorOf(request))
      const items = found.map(({ id, device, ip, createdAt, usedAt, isCurrent, isUnusual }) => ({
        id,
        ...device,
        ip,
        createdAt,
        usedAt,
        current: isCurrent,
        unusual: isUnusual,
      }))
      return { body: { items, nextCursor: null } }
    },
  )

  app.route(
    'DELETE',
    '/api/v1/me/sessions/:id',
    {
      policy: 'member',
      stepUp: true,
      summary: 'End one session, at once and everywhere',
      params: IdParams,
    },
    async (request) => {
      const actor = actorOf(request)
      const { id = '' } = request.params
      await sessions.end(actor, id)
      return { status: 204, ...(id === actor.sessionId ? { cookies: app.auth.farewell } : {}) }
    },
  )

  app.route(
    'DELETE',
    '/api/v1/me/sessions',
    {
      policy: 'member',
      stepUp: true,
      summary: 'End all sessions but this one',
      responses: { 200: EndedSessions },
    },
    async (request) => ({ body: { ended: await sessions.endOthers(actorOf(request)) } }),
  )
}
