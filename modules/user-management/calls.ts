import { type App, Type } from '#core'
import { findProfile, findProfiles } from './profile.ts'
import { enrol, registryOf } from './registration.ts'
import { NewUser, Profile, ProfileQuestion, ProfilesQuestion } from './schema.ts'

export function provideUsers(app: App): void {
  const registry = registryOf(app)
  const { reader } = registry.db

  app.provide(
    'users.profile',
    { input: ProfileQuestion, output: Type.Union([Profile, Type.Null()]) },
    (by) => findProfile(reader, by),
  )
  app.provide(
    'users.profiles',
    { input: ProfilesQuestion, output: Type.Array(Profile) },
    ({ ids }) => findProfiles(reader, ids),
  )
  app.provide(
    'users.create',
    { input: NewUser, output: Profile, audience: 'operator' },
    ({ locale = 'en', ...person }) => enrol(registry, { ...person, locale, consent: 'operator' }),
  )
}
