import type { App } from '#core'
import { actorOf } from '../requester.ts'
import { User, UserParams } from '../schema.ts'
import { present } from './users.ts'

export function secondFactorRoutes(app: App): void {
  const { people } = app.administration

  app.route(
    'DELETE',
    '/api/v1/admin/users/:id/second-factor',
    {
      policy: 'admin',
      stepUp: true,
      summary: 'Take a lost second factor away, end all sessions of the person and tell them',
      params: UserParams,
      limit: { max: 30, windowS: 3_600 },
      responses: { 200: User },
    },
    async (request) => {
      const { id = '' } = request.params
      return { body: present(await people.takeFactorAway(actorOf(request), id)) }
    },
  )
}
