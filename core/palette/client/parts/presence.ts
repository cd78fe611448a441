import type { Found } from './results.ts'

/** Ids of people who are on the station now, as the messenger tells the one who asks. */
export async function whoIsHere(found: readonly Found[]): Promise<ReadonlySet<string>> {
  const users = found.filter(({ type }) => type === 'users').map(({ id }) => id)
  if (users.length === 0) return new Set()
  const answer = await fetch('/api/v1/rt/presence.of', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ users }),
  }).catch(() => undefined)
  if (!answer?.ok) return new Set()
  const { lastSeen } = (await answer.json()) as { lastSeen: Readonly<Record<string, unknown>> }
  return new Set(users.filter((id) => lastSeen[id] === 'online'))
}
