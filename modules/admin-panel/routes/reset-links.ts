import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { ResetLink, UserParams } from '../schema.ts'

export function resetLinkRoutes(app: App): void {
  const { people } = app.administration

  app.route(
    'POST',
    '/api/v1/admin/users/:id/reset-link',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Write a letter with a link to a new password; `isSent` is false while it waits',
      params: UserParams,
      limit: { max: 30, windowS: 3_600 },
      responses: { 202: ResetLink },
    },
    async (request) => {
      const isSent = await people.sendReset(actorOf(request), request.params['id'] ?? '')
      return { status: 202, body: { isSent } }
    },
  )
}
