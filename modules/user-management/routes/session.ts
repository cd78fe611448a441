import type { App } from '#core'
import { actorOf, clientOf } from '../requester.ts'
import { lookCookies } from '../profile/look-cookies.ts'
import { registryOf } from '../registration/registration.ts'
import { Login, Proof, Session } from '../schema.ts'
import { findMe, signIn } from '../sign-in/sign-in.ts'

export function sessionRoutes(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry
  proofRoute(app)

  app.route(
    'POST',
    '/api/v1/auth/login',
    {
      policy: 'public',
      summary:
        'Begin a session with a user name or e-mail address and a password; `totp` is a code of the second factor or a recovery code',
      body: Login,
      responses: { 200: Session },
    },
    async (request) => {
      const { login, password, totp } = request.body
      const input = { login, password, ...(totp === undefined ? {} : { code: totp }) }
      const { me, session } = await signIn(registry, input, clientOf(request))
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

function proofRoute(app: App): void {
  app.route(
    'POST',
    '/api/v1/auth/verify',
    {
      policy: 'member',
      summary:
        'Prove for the next fifteen minutes that it is you: with a code if you have a second factor, otherwise with the password',
      body: Proof,
    },
    async (request) => {
      const { password, totp } = request.body
      await app.auth.stepUp.prove(actorOf(request), { password, code: totp }, clientOf(request))
      return { status: 204 }
    },
  )
}
