import type { App } from '#core'
import { lookCookies } from '../profile/look-cookies.ts'
import { changeProfile } from '../profile/profile.ts'
import { meOf } from '../visibility/sight.ts'
import { registryOf } from '../registration/registration.ts'
import { actorOf } from '../requester.ts'
import { Me, ProfileChange } from '../schema.ts'
import { findMe } from '../sign-in/sign-in.ts'

export function meRoutes(app: App): void {
  const registry = registryOf(app)
  const { auth, db } = registry

  app.route(
    'GET',
    '/api/v1/me',
    { policy: 'member', summary: 'The person of this session', responses: { 200: Me } },
    async (request) => ({ body: await findMe(registry, actorOf(request).id) }),
  )

  app.route(
    'PATCH',
    '/api/v1/me',
    {
      policy: 'member',
      summary: 'Change what is given of name, text, language, look and time zone',
      body: ProfileChange,
      responses: { 200: Me },
    },
    async (request) => {
      const { id } = actorOf(request)
      const now = app.clock.now()
      const profile = await db.transaction((tx) => changeProfile(tx, id, request.body, now))
      const account = await auth.identityOf(id)
      if (!account) throw new Error(`The account ${id} is gone`)
      return { body: meOf(profile, account), cookies: lookCookies(profile) }
    },
  )
}
