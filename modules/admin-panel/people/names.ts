import type { Actor, App, AuditRecord } from '#core'

export interface Shown {
  readonly name: string
  readonly avatar: string | undefined
  /** IANA */
  readonly timeZone: string | undefined
}

/** How people call themselves, by id; whoever has chosen nothing is absent. */
export async function shownAs(
  app: Pick<App, 'call'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Shown>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const profiles = await asked(app, unique)
  return new Map(
    profiles.flatMap((value: unknown) => {
      const { id, displayName, avatarUrl, timeZone }: Record<string, unknown> = { ...Object(value) }
      if (typeof id !== 'string' || typeof displayName !== 'string') return []
      const avatar = typeof avatarUrl === 'string' ? avatarUrl : undefined
      const zone = typeof timeZone === 'string' ? timeZone : undefined
      return [[id, { name: displayName, avatar, timeZone: zone }] as const]
    }),
  )
}

/** In which time zone somebody reads days and hours. */
export async function zoneOf(app: Pick<App, 'call'>, { id }: Pick<Actor, 'id'>): Promise<string> {
  return (await shownAs(app, [id])).get(id)?.timeZone ?? 'UTC'
}

/** Who did what a log tells of, and to whom. */
export function peopleIn(log: readonly AuditRecord[]): readonly string[] {
  return log.flatMap(({ actorId, subject }) => [actorId ?? [], personIn(subject) ?? []].flat())
}

/** The person that a row is about, if it is about one. */
export function personIn(subject: string | null): string | undefined {
  const [kind, id] = subject?.split('/') ?? []
  return kind === 'user' ? id : undefined
}

/** For buttons and headings: who has a longer name is known by its beginning. */
export function shortName(name: string): string {
  const letters = Array.from(name)
  return letters.length <= MAX_SHORT ? name : `${letters.slice(0, MAX_SHORT - 1).join('')}…`
}

const MAX_SHORT = 28

/** Names belong to another module, which may not be here. */
async function asked(app: Pick<App, 'call'>, ids: string[]): Promise<readonly unknown[]> {
  try {
    const answer: unknown = await app.call('users.profiles', { ids })
    return Array.isArray(answer) ? answer : []
  } catch (error) {
    const isSilent =
      error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE'
    if (isSilent) return []
    throw error
  }
}
