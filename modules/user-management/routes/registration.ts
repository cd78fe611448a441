import type { App } from '#core'
import { clientOf } from '../requester.ts'
import { lookCookies, lookIn } from '../profile/look-cookies.ts'
import { apply, registryOf } from '../registration/registration.ts'
import { Asked, NameAvailability, NameParams, Registration, Session } from '../schema.ts'
import { suggestUsernames } from '../registration/username-suggestions.ts'

/** New accounts from one address. */
export const REGISTRATION_LIMIT = { max: 20, windowS: 3_600 } as const

export function registrationRoutes(app: App): void {
  const registry = registryOf(app)
  const { auth } = registry
  const isFree = (username: string): Promise<boolean> => auth.isUsernameFree(username)

  app.route(
    'POST',
    '/api/v1/auth/register',
    {
      policy: 'public',
      summary: 'Make an account and begin a session (201), or send a letter that confirms it (202)',
      limit: REGISTRATION_LIMIT,
      body: Registration,
      responses: { 201: Session, 202: Asked },
    },
    async (request) => {
      const { invitation, ...form } = request.body
      const person = { locale: request.locale, ...lookIn(request.cookies), ...form }
      const registered = await apply(registry, person, clientOf(request), { invitation })
      if (registered.kind === 'asked') return { status: 202, body: { pending: true } }
      const { me, session } = registered
      const { accessToken, expiresAt } = session
      return {
        status: 201,
        body: { user: me, accessToken, expiresAt },
        cookies: [...session.cookies, ...lookCookies(me)],
      }
    },
  )

  app.route(
    'GET',
    '/api/v1/auth/username/:username',
    {
      policy: 'public',
      summary: 'Is a user name free, and which near it are',
      limit: { max: 60, windowS: 60 },
      params: NameParams,
      responses: { 200: NameAvailability },
    },
    async ({ params }) => {
      const username = params['username'] ?? ''
      const free = await isFree(username)
      const suggestions = free ? [] : await suggestUsernames(username, isFree)
      return { body: { username, free, suggestions } }
    },
  )
}
