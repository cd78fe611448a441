import { Permissions, Rights } from '../../../modules/messaging/members/rights.ts'
import { asks, type Deeds, type Scene, tries } from './scene.ts'

const RIGHTS = Object.keys(Rights.properties)
const PERMISSIONS = Object.keys(Permissions.properties)

/** Some of them, others for every number. */
function someOf(names: readonly string[], n: number): Readonly<Record<string, boolean>> {
  return Object.fromEntries(names.map((name, index) => [name, (n + index) % 3 > 0]))
}

const user = ({ other }: Scene): object => ({ user: other.id })

async function invite({ who, chat, n, world }: Scene): Promise<void> {
  const order = { chat, approval: n % 2 === 0, ...(n % 3 === 0 ? { maxUses: 1 } : {}) }
  const answer = await tries(who, 'invites.create', order)
  if (answer.status === 200) world.links.set(chat, answer.json<{ token: string }>().token)
}

async function come({ who, chat, world }: Scene): Promise<void> {
  const token = world.links.get(chat)
  if (token !== undefined) await tries(who, 'invites.join', { token })
}

/** For everybody; then there is another in its place. */
async function destroy({ who, chat, world }: Scene): Promise<void> {
  const { status } = await tries(who, 'chats.delete', { chat, for: 'all' })
  if (status === 200) await world.replace(chat)
}

/** Who is in a chat, and what they may there. */
export const belonging: Deeds = {
  leave: asks('chats.leave'),
  add: asks('members.add', ({ other }) => ({ usernames: [other.username] })),
  addAgain: asks('members.add', ({ other }) => ({ usernames: [other.username] })),
  remove: asks('members.remove', user),
  ban: asks('members.remove', ({ other }) => ({ user: other.id, ban: true })),
  unban: asks('members.unban', user),
  promote: asks('members.role', ({ other, n }) => ({
    user: other.id,
    role: 'admin',
    rights: someOf(RIGHTS, n),
  })),
  demote: asks('members.role', ({ other }) => ({ user: other.id, role: 'member' })),
  handOver: asks('members.role', ({ other }) => ({ user: other.id, role: 'owner' })),
  permit: asks('chats.update', ({ n }) => ({ permissions: someOf(PERMISSIONS, n) })),
  slow: asks('chats.update', ({ n }) => ({ slowModeS: n % 3 === 0 ? 30 : 0 })),
  conceal: asks('chats.update', ({ n }) => ({ historyHidden: n % 3 > 0 })),
  title: asks('chats.update', ({ n }) => ({ title: `Title ${n}`, about: `About ${n}` })),
  /** Few for all channels, so that one is often taken. */
  address: asks('chats.update', ({ n }) => ({ slug: n % 3 === 0 ? null : `place-${n % 4}` })),
  invite,
  come,
  join: asks('chats.join'),
  accept: asks('requests.decide', ({ other }) => ({ user: other.id, accept: true })),
  refuse: asks('requests.decide', ({ other }) => ({ user: other.id, accept: false })),
  destroy,
  block: ({ who, other }) => who.put(`/api/v1/users/${other.username}/block`, {}),
  unblock: ({ who, other }) => who.delete(`/api/v1/users/${other.username}/block`),
}
