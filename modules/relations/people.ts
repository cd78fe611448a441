import type { App } from '#core'
import { errors } from './errors.ts'

/** A person as the lists show them. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly bio: string
  readonly flavour?: string | undefined
  readonly avatar?: string | undefined
}

type Asker = Pick<App, 'call'>

/** @throws QL_RELATIONS_PERSON_NOT_FOUND */
export async function personNamed(app: Asker, username: string): Promise<Person> {
  const question = { username: username.slice(0, 64) }
  const person = personIn(await asked(app, 'users.profile', 'auth.identity', question))
  if (!person) throw errors.QL_RELATIONS_PERSON_NOT_FOUND()
  return person
}

/** In the order of the ids; those who are gone are absent. */
export async function peopleWith(app: Asker, ids: readonly string[]): Promise<readonly Person[]> {
  if (ids.length === 0) return []
  const answer = await asked(app, 'users.profiles', 'auth.identities', { ids })
  const found = new Map(
    (Array.isArray(answer) ? answer : []).flatMap((value: unknown) => {
      const person = personIn(value)
      return person ? [[person.id, person] as const] : []
    }),
  )
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Names belong to another module; while that one does not run, the account itself answers. */
async function asked(app: Asker, name: string, instead: string, input: object): Promise<unknown> {
  try {
    return await app.call(name, input)
  } catch (error) {
    const isSilent =
      error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE'
    if (isSilent) return app.call(instead, input)
    throw error
  }
}

function personIn(value: unknown): Person | null {
  if (typeof value !== 'object' || value === null) return null
  const facts: Record<string, unknown> = { ...value }
  const { id, username, displayName, bio, flavour, avatarUrl } = facts
  if (typeof id !== 'string' || typeof username !== 'string') return null
  return {
    id,
    username,
    displayName: text(displayName) ?? username,
    bio: text(bio) ?? '',
    flavour: text(flavour),
    avatar: text(avatarUrl),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
