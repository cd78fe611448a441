import { beginsIn } from '#core'
import { presentChats } from '../chats/present-chat.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Chat, Person } from '../schema.ts'
import { peerOf, type Seat } from '../members/seats.ts'

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
  const known = await acquaintances(room, userId)
  const found = await ownChatsNamed(room, userId, q)
  const seats = found.slice(0, MAX_FOUND).map(({ seat }) => seat)
  const { items } = await presentChats(room, room.db.reader, seats)
  const people = known
    .filter((person) => !person.deleted && isCalled(person, q))
    .slice(0, MAX_FOUND)
  return { chats: items, people: [...people, ...(await namesake(room, userId, q, people))] }
}

export interface NamedChat {
  readonly seat: Seat
  /** The other one of a private chat. */
  readonly peer: Person | undefined
}

/**
 * The person's chats whose names begin so, the last written in first.
 *
 * @param saved what saved messages are called; '' and they are not found.
 */
export async function ownChatsNamed(
  room: Room,
  userId: string,
  q: string,
  saved = '',
): Promise<NamedChat[]> {
  const seats = await select<Seat>(
    room.db.reader,
    `select c.*, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.user_id = ? and m.state = 'in' and m.is_hidden = 0 order by c.last_ms desc`,
    [userId],
  )
  const peers = await room.people.withIds(seats.map((seat) => peerOf(seat, userId)))
  const byId = new Map(peers.map((person) => [person.id, person]))
  return seats.flatMap((seat) => {
    const peer = byId.get(peerOf(seat, userId) ?? '')
    const title = seat.type === 'saved' ? saved : `${seat.title} ${seat.slug ?? ''}`
    const isMeant = peer ? isCalled(peer, q) : beginsIn(title, q)
    return isMeant ? [{ seat, peer }] : []
  })
}

function isCalled({ displayName, username }: Person, q: string): boolean {
  return beginsIn(`${displayName} ${username}`, q)
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
