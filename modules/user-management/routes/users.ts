import type { App } from '#core'
import { errors } from '../errors.ts'
import { isOpenTo } from '../visibility/openness.ts'
import { findProfile } from '../profile/profile.ts'
import { personOf, seenBy } from '../visibility/sight.ts'
import { registryOf } from '../registration/registration.ts'
import { NameParams, Person } from '../schema.ts'

export function userRoutes(app: App): void {
  const { db } = registryOf(app)

  app.route(
    'GET',
    '/api/v1/users/:username',
    {
      policy: 'public',
      summary: 'What everyone may know of a person',
      params: NameParams,
      responses: { 200: Person },
    },
    async ({ params, actor }) => {
      const profile = await findProfile(db.reader, { username: params['username'] ?? '' })
      if (!profile || !(await isOpenTo(app, profile, actor))) throw errors.QL_USERS_NOT_FOUND()
      return { body: personOf(seenBy(profile, actor)) }
    },
  )
}
