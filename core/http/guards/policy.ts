import type { Actor, Policy } from '../../port/requests.ts'

const RANK: Readonly<Record<Exclude<Policy, 'public'>, number>> = {
  member: 1,
  moderator: 2,
  admin: 3,
  owner: 4,
}

export function mayUse(policy: Policy, actor: Pick<Actor, 'role'> | null): boolean {
  if (policy === 'public') return true
  return actor !== null && RANK[actor.role] >= RANK[policy]
}
