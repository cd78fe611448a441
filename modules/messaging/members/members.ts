import { holdDoor, resize, seat } from './arrivals.ts'
import { recordEvent, tellChat, tellChatAnew, tellPlainly, touchesOf } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { canInvite, canRemove, rightsOf } from '../policy.ts'
import { change } from '../messages/prepared.ts'
import { withdrawRequest } from './request-notices.ts'
import type { Room } from '../room.ts'
import { appendService } from '../messages/service-messages.ts'
import type { Person, State } from '../schema.ts'
import { chatOf, memberIds, type Seat, seatIn, seatOf } from './seats.ts'
import type { Tx } from '../tables.ts'

/** What follows from somebody's coming: they have the chat, the others see them. */
export async function welcome(
  tx: Tx,
  room: Room,
  chatId: string,
  newcomers: readonly Person[],
  by: Person,
): Promise<void> {
  const ids = newcomers.map(({ id }) => id)
  const chat = await chatOf(tx.db, chatId)
  if (chat.type === 'group') {
    for (const person of newcomers) await tellMember(tx, room, chatId, person, by.id)
  }
  await tellChatAnew(tx, ids, chatId)
  if (chat.type === 'group') {
    const isSelf = ids.length === 1 && ids[0] === by.id
    const service = isSelf
      ? ({ what: 'joined', users: ids } as const)
      : ({ what: 'added', users: ids } as const)
    await appendService(tx, room, chatId, by, service)
  }
  for (const userId of ids) {
    const data = { chatId, chatType: chat.type, userId, byId: by.id }
    const options = { subject: `chat/${chatId}`, actor: by.id, touches: touchesOf(chat) }
    await tx.publish('member.joined', data, options)
  }
}

/** Tells the others who somebody is in the chat now. Subscribers of a channel are nobody's business. */
export async function tellMember(
  tx: Tx,
  room: Room,
  chatId: string,
  user: Person,
  actorId: string,
): Promise<void> {
  const atMs = room.clock.nowMs()
  const event = { kind: 'member', actorId, atMs, data: { user: user.id } } as const
  const place = await recordEvent(tx, chatId, event)
  const row = await seatIn(tx.db, user.id, chatId)
  const { state = 'left', role = 'member' } = row ?? {}
  const { ev, members } = place
  const update = { k: 'member', chat: chatId, ev, user, state, role, members } as const
  const others = (await memberIds(tx.db, chatId)).filter((userId) => userId !== user.id)
  await tellChat(
    tx,
    place,
    update,
    others.map((userId) => ({ userId })),
  )
}

/**
 * Brings people in.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_PERSON_NOT_FOUND; QL_MSG_CANNOT_ADD for who
 * does not want to be added by this person, or was sent away.
 */
export async function addMembers(
  room: Room,
  actorId: string,
  chatId: string,
  names: readonly string[],
): Promise<readonly Person[]> {
  const own = await seatOf(room.db.reader, actorId, chatId)
  if (!canInvite(own)) throw errors.QL_MSG_NOT_ALLOWED()
  const people = await welcomePeople(room, actorId, names)
  const by = await room.people.withId(actorId)
  return room.db.transaction(async (tx) => {
    const mine = await seatOf(tx.db, actorId, chatId)
    if (!canInvite(mine)) throw errors.QL_MSG_NOT_ALLOWED()
    const added: Person[] = []
    for (const person of people) {
      const before = await seatIn(tx.db, person.id, chatId)
      if (before?.is_banned === 1 && !rightsOf(mine).ban) throw cannotAdd(person)
      if (await seat(tx, chatId, { person }, room.clock.nowMs())) added.push(person)
    }
    if (added.length > 0) await welcome(tx, room, chatId, added, by)
    return added
  })
}

/** People who may be brought in by somebody. @throws QL_MSG_PERSON_NOT_FOUND, QL_MSG_CANNOT_ADD */
export async function welcomePeople(
  room: Room,
  actorId: string,
  names: readonly string[],
): Promise<Person[]> {
  const people = new Map<string, Person>()
  for (const name of names) {
    const person = await room.people.named(name)
    if (person.id !== actorId) people.set(person.id, person)
  }
  const standings = await room.people.standings(actorId, [...people.keys()])
  for (const person of people.values()) {
    const { blocks, blockedBy } = standings.get(person.id) ?? {}
    if (blocks || blockedBy) throw cannotAdd(person)
  }
  return [...people.values()]
}

function cannotAdd({ username }: Person): Error {
  return errors.QL_MSG_CANNOT_ADD({ values: { name: username } })
}

/** @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED */
export async function removeMember(
  room: Room,
  actorId: string,
  chatId: string,
  { userId, ban = false }: { readonly userId: string; readonly ban?: boolean },
): Promise<void> {
  if (userId === actorId) return leaveChat(room, actorId, chatId)
  const [by, person] = [await room.people.withId(actorId), await room.people.withId(userId)]
  await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const other = await seatIn(tx.db, userId, chatId)
    if (!other || (other.state !== 'in' && !ban)) throw errors.QL_MSG_NOT_FOUND()
    if (!canRemove(own, other)) throw errors.QL_MSG_NOT_ALLOWED()
    await unseat(tx, room, own, { person, by, state: 'removed', isBanned: ban })
  })
}

/** Whoever was sent away for good may come back by a link, or be brought in. @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED */
export async function liftBan(
  room: Room,
  actorId: string,
  chatId: string,
  userId: string,
): Promise<void> {
  await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    if (!rightsOf(own).ban) throw errors.QL_MSG_NOT_ALLOWED()
    const lifted = await change(
      tx,
      `update messaging_members set is_banned = 0
       where chat_id = ? and user_id = ? and is_banned = 1 returning user_id`,
      [chatId, userId],
    )
    if (lifted.length === 0) throw errors.QL_MSG_NOT_FOUND()
  })
}

/** @throws QL_MSG_OWNER_STAYS while there are others; QL_MSG_NOT_ALLOWED in a private chat. */
export async function leaveChat(room: Room, userId: string, chatId: string): Promise<void> {
  const person = await room.people.withId(userId)
  await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, userId, chatId)
    if (own.type === 'private' || own.type === 'saved') throw errors.QL_MSG_NOT_ALLOWED()
    if (own.role === 'owner') throw errors.QL_MSG_OWNER_STAYS()
    await unseat(tx, room, own, { person, by: person, state: 'left', isBanned: false })
  })
}

interface Departure {
  readonly person: Person
  readonly by: Person
  readonly state: Exclude<State, 'in' | 'requested'>
  readonly isBanned: boolean
}

/** Takes somebody out of the chat: from this commit on nothing more of it reaches them. */
export async function unseat(
  tx: Tx,
  room: Room,
  { id: chatId, type }: Pick<Seat, 'id' | 'type'>,
  { person, by, state, isBanned }: Departure,
): Promise<void> {
  const { id: userId } = person
  await holdDoor(tx, chatId)
  const before = await seatIn(tx.db, userId, chatId)
  await tx.db
    .updateTable('messaging_members')
    .set({ state, is_banned: isBanned ? 1 : 0, role: 'member', rights: null, pin_pos: null })
    .set({ unread: 0, mentions: 0, archived: 0, marked_unread: 0 })
    .where('chat_id', '=', chatId)
    .where('user_id', '=', userId)
    .execute()
  await withdrawRequest(tx, before)
  if (before?.state !== 'in') return
  await resize(tx, chatId, -1)
  tx.leaveTopic(chatId, [userId])
  await tellPlainly(tx, [userId], { k: 'chat.gone', chat: chatId, reason: state })
  await tx.withdrawNotifications(`chat/${chatId}/${userId}`)
  if (type === 'group') {
    await tellMember(tx, room, chatId, person, by.id)
    await appendService(tx, room, chatId, by, { what: state, users: [userId] })
  }
  const chat = await chatOf(tx.db, chatId)
  const data = { chatId, chatType: type, userId, byId: by.id, state }
  const options = { subject: `chat/${chatId}`, actor: by.id, touches: touchesOf(chat) }
  await tx.publish('member.left', data, options)
}
