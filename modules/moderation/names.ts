import type { App } from '#core'
import { isUnavailable } from './desk.ts'

export interface Named {
  readonly username: string
  readonly name: string
  readonly avatar: string | undefined
}

/** Who people are, by id; those who are gone are absent. */
export async function namesOf(
  app: Pick<App, 'call'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const answer = await asked(app, unique)
  return new Map(
    (Array.isArray(answer) ? answer : []).flatMap((value: unknown) => {
      const { id, username, displayName, avatarUrl }: Record<string, unknown> = { ...Object(value) }
      if (typeof id !== 'string' || typeof username !== 'string') return []
      const name = typeof displayName === 'string' ? displayName : username
      const avatar = typeof avatarUrl === 'string' ? avatarUrl : undefined
      return [[id, { username, name, avatar }] as const]
    }),
  )
}

/** Names belong to another module; while that one does not run, the account itself answers. */
async function asked(app: Pick<App, 'call'>, ids: string[]): Promise<unknown> {
  try {
    return await app.call('users.profiles', { ids })
  } catch (error) {
    if (isUnavailable(error)) return app.call('auth.identities', { ids })
    throw error
  }
}
