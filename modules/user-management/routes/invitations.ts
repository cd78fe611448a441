import type { App } from '#core'
import { IdParams, Invitations, InvitationWish, NewInvitation } from '../links/links-schema.ts'
import { actorOf } from '../requester.ts'

export function invitationRoutes(app: App): void {
  const { invitations } = app.auth

  app.route(
    'GET',
    '/api/v1/invitations',
    { policy: 'admin', summary: 'Invitations, newest first', responses: { 200: Invitations } },
    async () => ({ body: { items: await invitations.list(), nextCursor: null } }),
  )

  app.route(
    'POST',
    '/api/v1/invitations',
    {
      policy: 'admin',
      summary: 'Make a link by which people may register',
      limit: { max: 100, windowS: 3_600 },
      body: InvitationWish,
      responses: { 201: NewInvitation },
    },
    async (request) => ({
      status: 201,
      body: await invitations.create(actorOf(request), request.body),
    }),
  )

  app.route(
    'DELETE',
    '/api/v1/invitations/:id',
    { policy: 'admin', summary: 'Take an invitation back', params: IdParams },
    async (request) => {
      await invitations.revoke(actorOf(request), request.params['id'] ?? '')
      return { status: 204 }
    },
  )
}
