import { tellChatAnew } from './chat-log.ts'
import { errors } from './errors.ts'
import { tellMember } from './members.ts'
import { canPromote, rightsOf, USUAL_RIGHTS } from './policy.ts'
import type { Room } from './room.ts'
import type { Rights, Role } from './schema.ts'
import { type Seat, seatOf } from './seats.ts'
import type { Tx } from './tables.ts'

/**
 * Makes somebody an admin, a plain member, or the owner in one's own place.
 *
 * @throws QL_MSG_NOT_FOUND; QL_MSG_NOT_ALLOWED, also for rights one does not have oneself.
 */
export async function changeRole(
  room: Room,
  actorId: string,
  chatId: string,
  order: { readonly userId: string; readonly role: Role; readonly rights?: Rights | undefined },
): Promise<void> {
  const { userId, role, rights = USUAL_RIGHTS } = order
  const people = await room.people.withIds([actorId, userId])
  await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const other = await seatOf(tx.db, userId, chatId)
    requireHigher(own, other, role, rights)
    const kept = role === 'admin' ? JSON.stringify(rights) : null
    await setRole(tx, chatId, userId, role, kept)
    if (role === 'owner') await setRole(tx, chatId, actorId, 'admin', JSON.stringify(rightsOf(own)))
    for (const person of people) {
      if (person.id === actorId && role !== 'owner') continue
      if (own.type === 'group') await tellMember(tx, room, chatId, person, actorId)
      await tellChatAnew(tx, [person.id], chatId)
    }
  })
}

function requireHigher(own: Seat, other: Seat, role: Role, rights: Rights): void {
  const isOwner = own.role === 'owner' && own.user_id !== other.user_id
  const mine = rightsOf(own)
  const isWithin = (Object.keys(rights) as (keyof Rights)[]).every(
    (key) => !rights[key] || mine[key],
  )
  const mayPromote = canPromote(own) && other.role === 'member' && role === 'admin' && isWithin
  if (!isOwner && !mayPromote) throw errors.QL_MSG_NOT_ALLOWED()
  if (own.type === 'private' || own.type === 'saved') throw errors.QL_MSG_NOT_ALLOWED()
}

async function setRole(
  { db }: Tx,
  chatId: string,
  userId: string,
  role: Role,
  rights: string | null,
): Promise<void> {
  await db
    .updateTable('messaging_members')
    .set({ role, rights })
    .where('chat_id', '=', chatId)
    .where('user_id', '=', userId)
    .execute()
}
