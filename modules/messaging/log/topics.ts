import { countsOf } from '../reading/counts.ts'
import { select } from '../messages/prepared.ts'
import { presentChat } from '../chats/present-chat.ts'
import { retellEvent } from './retelling.ts'
import type { Room } from '../room.ts'
import type { Seat } from '../members/seats.ts'
import type { ChatEventTable, Reader } from '../tables.ts'
import type { Update } from './updates.ts'

/** Who lacks more is told how the chat is now. */
const MAX_EVENTS = 500

export interface FollowedChat {
  readonly topic: string
  readonly ev: number
  readonly events: readonly Update[]
}

/** The large chats of a person, and what is missing in each of them. */
export async function followedChats(
  room: Room,
  userId: string,
  held: Readonly<Record<string, number>>,
): Promise<FollowedChat[]> {
  const seats = await select<Seat>(
    room.db.reader,
    `select c.*, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.user_id = ? and m.state = 'in' and c.fanout = 'read'`,
    [userId],
  )
  const followed: FollowedChat[] = []
  for (const seat of seats) {
    const from = held[seat.id]
    const events = from === undefined ? [] : await missing(room, seat, from)
    followed.push({ topic: seat.id, ev: seat.ev, events })
  }
  return followed
}

async function missing(room: Room, seat: Seat, from: number): Promise<Update[]> {
  const { reader } = room.db
  if (from === seat.ev) return []
  if (from > seat.ev || seat.ev - from > MAX_EVENTS) {
    return [{ k: 'chat.upsert', chat: (await presentChat(room, reader, seat)).chat, ev: seat.ev }]
  }
  const events = await select<ChatEventTable>(
    reader,
    'select * from messaging_events where chat_id = ? and ev > ? and ev <= ? order by ev',
    [seat.id, from, seat.ev],
  )
  const told: Update[] = []
  for (const event of events) {
    const update = await retellEvent(room, seat, event)
    if (update) told.push(sharedAt(update, event.ev))
  }
  return [...told, await ownPosition(reader, seat)]
}

/**
 * Ends what was missed, whatever of it may not be told any more. Clients count what they are told live; what they have been told of their
 * own reading meanwhile came by another way, so that counting alone could count twice.
 */
async function ownPosition(reader: Reader, seat: Seat): Promise<Update> {
  const me = await countsOf(reader, seat)
  return { k: 'read', chat: seat.id, ev: seat.ev, user: seat.user_id, seq: me.readSeq, me }
}

/** Nobody keeps what is unread here; the number is the one under which the chat keeps it. */
function sharedAt(update: Update, ev: number): Update {
  if (update.k === 'void') return update
  if (!('me' in update)) return { ...update, ev } as Update
  const { me: _, ...shared } = update
  return { ...shared, ev }
}
