import type { Actor, Locale } from '#core'
import { asked, type Finder, recordsIn, textIn } from './finder.ts'

/** Who looks; nobody signed in, or a person, and in which language. */
export interface Viewer {
  readonly actor: Actor | null
  readonly locale: Locale
}

/** A person as results show them. */
export interface FoundPerson {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly bio: string
  readonly avatarUrl: string | null
  readonly isClosed: boolean
}

/**
 * Of these people those whom the viewer may meet: with an account that is active, and no block
 * between the two, whoever has set it. Who has not agreed to be public is nobody for strangers, and
 * a name for members.
 */
export async function peopleSeen(
  finder: Finder,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundPerson>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const [accounts, profiles, apart, { userIds: published }] = await Promise.all([
    asked(finder, 'auth.identities', { ids: unique }),
    asked(finder, 'users.profiles', { ids: unique }),
    blockedFrom(finder, viewer, unique),
    finder.app.call('privacy.published', { userIds: unique }),
  ])
  const isPublic = new Set(viewer.actor ? [...published, viewer.actor.id] : published)
  const byId = new Map(recordsIn(profiles).map((profile) => [textIn(profile, 'id'), profile]))
  return new Map(
    recordsIn(accounts).flatMap((account) => {
      const id = textIn(account, 'id')
      if (textIn(account, 'status') !== 'active' || apart.has(id)) return []
      if (!isPublic.has(id) && !viewer.actor) return []
      const person = personOf({ ...account, ...byId.get(id) })
      return [[id, isPublic.has(id) ? person : { ...person, bio: '', avatarUrl: null }] as const]
    }),
  )
}

async function blockedFrom(
  finder: Finder,
  { actor }: Viewer,
  otherIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!actor) return new Set()
  const others = otherIds.filter((id) => id !== actor.id)
  const found = await asked(finder, 'relations.between', { userId: actor.id, otherIds: others })
  const apart = recordsIn(found).filter(({ blocks, blockedBy }) => blocks === true || blockedBy)
  return new Set(apart.map((one) => textIn(one, 'id')))
}

function personOf(record: Readonly<Record<string, unknown>>): FoundPerson {
  const username = textIn(record, 'username')
  return {
    id: textIn(record, 'id'),
    username,
    name: textIn(record, 'displayName') || username,
    bio: textIn(record, 'bio'),
    avatarUrl: textIn(record, 'avatarUrl') || null,
    isClosed: textIn(record, 'pageFor') === 'members',
  }
}
