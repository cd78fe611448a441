import type { App } from '#core'
import { clientOf } from '../requester.ts'
import { lookCookies } from '../look-cookies.ts'
import { registryOf } from '../registration.ts'
import { Login, Session } from '../schema.ts'
import { findMe, signIn } from '../sign-in.ts'

export function sessionRoutes(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry

  app.route(
    'POST',
    '/api/v1/auth/login',
    {
      policy: 'public',
      summary: 'Begin a session with a user name or e-mail address and a password',
      body: Login,
      responses: { 200: Session },
    },
    async (request) => {
      const { me, session } = await signIn(registry, request.body, clientOf(request))
      const { accessToken, expiresAt } = session
      return {
        body: { user: me, accessToken, expiresAt },
        cookies: [...session.cookies, ...lookCookies(me)],
      }
    },
  )

  app.route(
    'POST',
    '/api/v1/auth/refresh',
    {
      policy: 'public',
      summary: 'Take the refresh token in the cookies for the next one',
      responses: { 200: Session },
    },
    async (request) => {
      const session = await auth.refresh(request.cookies, clientOf(request))
      const { actor, accessToken, expiresAt, cookies } = session
      const user = await findMe(registry, actor.id)
      return { body: { user, accessToken, expiresAt }, cookies }
    },
  )

  app.route(
    'POST',
    '/api/v1/auth/logout',
    { policy: 'public', summary: 'End the session of this request, if there is one' },
    async ({ actor }) => {
      if (actor) await auth.endSession(actor.sessionId)
      const headers = { 'clear-site-data': '"storage"' }
      return { status: 204, headers, cookies: auth.farewell }
    },
  )
}
