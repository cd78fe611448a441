import { beginsIn } from '#core'
import { presentChats } from '../present-chat.ts'
import { select } from '../prepared.ts'
import type { Room } from '../room.ts'
import type { Chat, Person } from '../schema.ts'
import { peerOf, type Seat } from '../seats.ts'

const MAX_FOUND = 20
/** Names looked through: the people of one's private chats first. */
const MAX_PEOPLE = 1_000
const USERNAME = /^@?[\p{L}\p{N}_.-]{1,64}$/u

export interface FoundNames {
  readonly chats: readonly Chat[]
  readonly people: readonly Person[]
}

/**
 * The person's chats and the people in them whose names begin so, and who is called exactly so.
 * Who subscribes to a channel is nobody's business.
 */
export async function searchNames(room: Room, userId: string, q: string): Promise<FoundNames> {
  const seats = await select<Seat>(
    room.db.reader,
    `select c.*, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.user_id = ? and m.state = 'in' and m.is_hidden = 0 order by c.last_ms desc`,
    [userId],
  )
  const known = await acquaintances(room, userId)
  const byId = new Map(known.map((person) => [person.id, person]))
  const called = ({ displayName, username }: Person): boolean =>
    beginsIn(`${displayName} ${username}`, q)
  const isMeant = (seat: Seat): boolean => {
    const peer = byId.get(peerOf(seat, userId) ?? '')
    return peer ? called(peer) : beginsIn(`${seat.title} ${seat.slug ?? ''}`, q)
  }
  const found = seats.filter(isMeant).slice(0, MAX_FOUND)
  const { items } = await presentChats(room, room.db.reader, found)
  const people = known.filter((person) => !person.deleted && called(person)).slice(0, MAX_FOUND)
  return { chats: items, people: [...people, ...(await namesake(room, userId, q, people))] }
}

async function acquaintances(room: Room, userId: string): Promise<Person[]> {
  const rows = await select<{ user_id: string }>(
    room.db.reader,
    `select o.user_id from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
       and c.type in ('private', 'group')
     join messaging_members o on o.chat_id = c.id and o.state = 'in' and o.user_id <> m.user_id
     where m.user_id = ? and m.state = 'in'
     group by o.user_id order by max(c.type) desc, max(c.last_ms) desc limit ${MAX_PEOPLE}`,
    [userId],
  )
  return room.people.withIds(rows.map((row) => row.user_id))
}

async function namesake(
  room: Room,
  userId: string,
  q: string,
  found: readonly Person[],
): Promise<Person[]> {
  const name = q.trim()
  if (!USERNAME.test(name)) return []
  const people = await room.people.known([name.replace(/^@/, '')])
  const isNew = ({ id }: Person): boolean => id !== userId && !found.some((each) => each.id === id)
  return [...people.values()].filter(isNew)
}
