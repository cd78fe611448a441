import { countsOf } from '../reading/counts.ts'
import { draftsOf } from '../reading/drafts.ts'
import { permissionsOf, rightsOf } from '../policy.ts'
import { presentMessages } from '../messages/present-message.ts'
import { select } from '../messages/prepared.ts'
import { readByOthers } from '../reading/receipts.ts'
import { type Room, timeOf } from '../room.ts'
import type { Chat, Draft, Me, Message, Person } from '../schema.ts'
import { peerOf, type Seat } from '../members/seats.ts'
import { SEEN, seenBy, sightOfSeat, type View, viewOfAll } from '../members/sight.ts'
import type { ChatTable, MessageTable, Reader } from '../tables.ts'
import type { Counts } from '../log/updates.ts'

const MAX_PINS = 100
const LAST = `select m.* from messaging_messages m where ${SEEN} order by m.seq desc limit 1`

/** Chats as one person has them, in the order given, and everybody who is named in them. */
export async function presentChats(
  room: Room,
  db: Reader,
  seats: readonly Seat[],
): Promise<{ items: Chat[]; people: Person[] }> {
  const [first] = seats
  if (!first) return { items: [], people: [] }
  const { user_id: userId } = first
  const lastOf = await lastMessages(db, seats)
  const drafts = await draftsOf(
    db,
    userId,
    seats.map(({ id }) => id),
  )
  const named = seats.map((seat) => peerOf(seat, userId))
  const writers = [...lastOf.values()].flatMap(({ sender, service }) => [
    sender,
    ...(service?.users ?? []),
  ])
  const people = await room.people.withIds([...named, ...writers])
  const byId = new Map(people.map((person) => [person.id, person]))
  const items: Chat[] = []
  for (const seat of seats) {
    const peer = byId.get(peerOf(seat, userId) ?? '') ?? null
    items.push({
      ...chatFacts(seat, peer),
      othersReadSeq: readByOthers(seat, userId),
      pinnedSeqs: await pinsOf(db, sightOfSeat(seat)),
      last: lastOf.get(seat.id) ?? null,
      me: meOf(seat, await countsOf(db, seat), drafts.get(seat.id) ?? null),
    })
  }
  return { items, people }
}

export async function presentChat(room: Room, db: Reader, seat: Seat): Promise<OneChat> {
  const { items, people } = await presentChats(room, db, [seat])
  const [chat] = items
  if (!chat) throw new Error('A seat is always presented')
  return { chat, people }
}

export interface OneChat {
  readonly chat: Chat
  readonly people: readonly Person[]
}

/** A chat for somebody who is not in it. */
export async function presentOutside(db: Reader, chat: ChatTable): Promise<Chat> {
  return {
    ...chatFacts(chat, null),
    othersReadSeq: 0,
    pinnedSeqs: await pinsOf(db, viewOfAll(chat.id)),
    last: null,
    me: null,
  }
}

type Shared = Omit<Chat, 'othersReadSeq' | 'pinnedSeqs' | 'last' | 'me'>

function chatFacts(chat: ChatTable, peer: Person | null): Shared {
  return {
    id: chat.id,
    type: chat.type,
    title: chat.type === 'private' ? (peer?.displayName ?? '') : chat.title,
    about: chat.about,
    slug: chat.slug,
    photo: chat.photo_id === null ? (peer?.avatar ?? null) : `/media/${chat.photo_id}`,
    peer,
    members: chat.members,
    permissions: permissionsOf(chat),
    slowModeS: chat.slow_s,
    historyHidden: chat.history_hidden === 1,
    large: chat.fanout === 'read',
    ev: chat.ev,
    lastSeq: chat.seq,
    createdAt: timeOf(chat.created_ms),
    blogOf: chat.blog_of,
  }
}

function meOf(seat: Seat, { unread, mentions, readSeq }: Counts, draft: Draft | null): Me {
  return {
    role: seat.role,
    state: seat.state,
    rights: rightsOf(seat),
    readSeq,
    joinedSeq: seat.joined_seq,
    clearedSeq: seat.cleared_seq,
    unread,
    mentions,
    markedUnread: seat.marked_unread === 1,
    mutedUntil: seat.muted_ms === null ? null : timeOf(seat.muted_ms),
    pinned: seat.pin_pos,
    archived: seat.archived === 1,
    draft,
  }
}

async function lastMessages(db: Reader, seats: readonly Seat[]): Promise<Map<string, Message>> {
  const rows: MessageTable[] = []
  for (const seat of seats) {
    rows.push(...(await select<MessageTable>(db, LAST, seenBy(sightOfSeat(seat)))))
  }
  const messages = await presentMessages(db, rows, seats[0]?.user_id ?? null)
  return new Map(messages.map((message) => [message.chat, message]))
}

/**
 * Of what this person sees, the newest first. From the few pins to their messages: SQLite keeps to the
 * order of a cross join, and would else read every message of the chat.
 */
export async function pinsOf(db: Reader, view: View): Promise<number[]> {
  const rows = await select<{ seq: number }>(
    db,
    `select p.seq from messaging_pins p cross join messaging_messages m
     where p.chat_id = ? and m.seq = p.seq and ${SEEN} order by p.seq desc limit ${MAX_PINS}`,
    [view.chat.id, ...seenBy(view)],
  )
  return rows.map(({ seq }) => seq)
}
