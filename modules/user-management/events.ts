import { type Static, Type } from '#core'
import { Person } from './schema.ts'

const closed = { additionalProperties: false } as const

/** After the first commit of an account and its profile, which share one transaction. */
export const UserCreated = Type.Object({ ...Person.properties, locale: Type.String() }, closed)

/** After a change of the profile. Carries the whole public part as it now is. */
export const UserUpdated = Type.Object({ ...Person.properties, flavour: Type.String() }, closed)

/** When a session has begun by name and password; not when it is renewed. */
export const UserSignedIn = Type.Object(
  { id: Type.String(), username: Type.String(), sessionId: Type.String() },
  closed,
)

declare global {
  interface QuarkEvents {
    'user.created': Static<typeof UserCreated>
    'user.updated': Static<typeof UserUpdated>
    'user.signed-in': Static<typeof UserSignedIn>
  }
}
