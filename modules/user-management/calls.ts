import { type App, Type } from '#core'
import { findProfile, findProfiles } from './profile/profile.ts'
import { enrol, registryOf } from './registration/registration.ts'
import { type KnownProfile, seenBy } from './visibility/sight.ts'
import { NewUser, Profile, ProfileQuestion, ProfilesQuestion } from './schema.ts'

export function provideUsers(app: App): void {
  const registry = registryOf(app)
  const { reader } = registry.db

  app.provide(
    'users.profile',
    { input: ProfileQuestion, output: Type.Union([Profile, Type.Null()]) },
    async (by) => asEveryone(await findProfile(reader, by)),
  )
  app.provide(
    'users.profiles',
    { input: ProfilesQuestion, output: Type.Array(Profile) },
    async ({ ids }) => (await findProfiles(reader, ids)).map((profile) => seenBy(profile, null)),
  )
  app.provide(
    'users.create',
    { input: NewUser, output: Profile, audience: 'operator' },
    ({ locale = 'en', ...person }) => enrol(registry, { ...person, locale, consent: 'operator' }),
  )
}

/** Modules show people to whoever looks at their pages, so they learn what a stranger may see. */
function asEveryone(profile: KnownProfile | null): Profile | null {
  return profile && seenBy(profile, null)
}
