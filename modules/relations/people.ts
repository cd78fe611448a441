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
  /** Who sees whom the person reads and who reads them. */
  readonly readersFor: 'everyone' | 'members' | 'nobody'
}

type Asker = Pick<App, 'call'>
type Viewer = { readonly id: string } | null

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

/**
 * People as a viewer may know them, in the order of the ids. Who has not agreed to be public is
 * absent for strangers and a name for members; oneself is always there.
 */
export async function peopleFor(
  app: Asker,
  ids: readonly string[],
  viewer: Viewer,
): Promise<readonly Person[]> {
  const [people, { userIds }] = await Promise.all([
    peopleWith(app, ids),
    app.call('privacy.published', { userIds: [...ids] }),
  ])
  const isPublic = new Set(viewer ? [...userIds, viewer.id] : userIds)
  return people.flatMap((person) => {
    if (isPublic.has(person.id)) return [person]
    return viewer ? [{ ...person, bio: '', avatar: undefined }] : []
  })
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
    readersFor: narrower(facts['pageFor'], facts['readersFor']),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Readers of a page that is closed to strangers are closed to them as well. */
function narrower(page: unknown, readers: unknown): Person['readersFor'] {
  if (readers === 'nobody') return 'nobody'
  return page === 'members' || readers === 'members' ? 'members' : 'everyone'
}

/** Whether a viewer may see who reads a person and whom they read. */
export function showsReaders(
  { id, readersFor }: Pick<Person, 'id' | 'readersFor'>,
  viewer: Viewer,
): boolean {
  if (viewer?.id === id) return true
  return readersFor === 'everyone' || (readersFor === 'members' && viewer !== null)
}

/** @throws QL_RELATIONS_PERSON_NOT_FOUND also where the viewer may not see the page or the readers. */
export async function personWithReaders(
  app: Asker,
  username: string,
  viewer: Viewer,
): Promise<Person> {
  const person = await personNamed(app, username)
  if (viewer?.id === person.id) return person
  const { isAllowed } = await app.call('privacy.publishing', { userId: person.id })
  if (!isAllowed || !showsReaders(person, viewer)) throw errors.QL_RELATIONS_PERSON_NOT_FOUND()
  return person
}
