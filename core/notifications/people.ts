import type { Locale } from '../port/requests.ts'
import type { Calls } from '../calls/calls.ts'
import type { NotificationActor } from './index.ts'

/** A person as the station speaks of and to them. */
export interface KnownPerson extends NotificationActor {
  readonly locale?: Locale
  /** IANA name */
  readonly timeZone?: string
}

const MAX_ASKED = 200

/** Names and languages of people, from whichever module keeps profiles; unknown ids are absent. */
export async function peopleOf(
  calls: Calls,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const asked = [...new Set(ids)].filter((id) => id !== null).slice(0, MAX_ASKED)
  if (asked.length === 0) return new Map()
  const found = (await calls.call('users.profiles', { ids: asked }).catch(() =>
    /* Nobody keeps profiles here: user names are enough. */
    calls.call('auth.identities', { ids: asked }),
  )) as readonly (Omit<KnownPerson, 'displayName'> & { readonly displayName?: string })[]
  return new Map(
    found.map((person) => [
      person.id,
      { ...person, displayName: person.displayName ?? person.username },
    ]),
  )
}

/** In which time zone somebody reads days and hours. */
export async function zoneOf(calls: Calls, userId: string): Promise<string> {
  return (await peopleOf(calls, [userId])).get(userId)?.timeZone ?? 'UTC'
}
