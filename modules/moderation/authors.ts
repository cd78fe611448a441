import { type Desk } from './desk.ts'
import type { Author } from './policy.ts'

/** The accounts behind what was reported; those who are gone have no role. */
export async function authorsOf(
  { app }: Pick<Desk, 'app'>,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, Author>> {
  const unique = [...new Set(ids.flatMap((id) => id ?? []))]
  if (unique.length === 0) return new Map()
  const accounts = await app.call('auth.identities', { ids: unique })
  const roles = new Map(accounts.map(({ id, role }) => [id, role]))
  return new Map(unique.map((id) => [id, { id, role: roles.get(id) }]))
}
