import { tellChatAnew } from '../log/chat-log.ts'
import { tellOfChange } from '../chats/chats.ts'
import { errors } from '../errors.ts'
import { tellMember } from './members.ts'
import { canPromote, rightsOf, USUAL_RIGHTS } from '../policy.ts'
import type { Room } from '../room.ts'
import type { Person, Rights, Role } from '../schema.ts'
import { type Seat, seatOf } from './seats.ts'
import type { Tx } from '../tables.ts'

/**
 * Makes somebody an admin, a plain member, or the owner in one's own place. A channel that is handed
 * over no longer accompanies the blog of who owned it.
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
    if (role === 'owner') await stepDown(tx, room, own, people)
    for (const person of people) {
      if (person.id === actorId && role !== 'owner') continue
      if (own.type === 'group') await tellMember(tx, room, chatId, person, actorId)
      await tellChatAnew(tx, [person.id], chatId)
    }
  })
}

/** Who owns a channel answers for its page, so that what is kept of it is made anew. */
async function stepDown(tx: Tx, room: Room, own: Seat, people: readonly Person[]): Promise<void> {
  const { id: chatId, user_id: actorId, type, blog_of } = own
  await setRole(tx, chatId, actorId, 'admin', JSON.stringify(rightsOf(own)))
  const actor = people.find(({ id }) => id === actorId)
  if (type !== 'channel' || !actor) return
  if (blog_of === actorId) {
    const chats = tx.db.updateTable('messaging_chats')
    await chats.set({ blog_of: null }).where('id', '=', chatId).execute()
  }
  await tellOfChange(tx, room, own, actor)
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
