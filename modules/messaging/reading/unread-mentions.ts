import { presentMessages } from '../messages/present-message.ts'
import { peopleIn } from '../messages/history.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Message, Person } from '../schema.ts'
import { floorOf, seatOf } from '../members/seats.ts'
import { SEEN, seenBy, sightOfSeat } from '../members/sight.ts'
import type { MessageTable } from '../tables.ts'

const PAGE = 30

export interface UnreadMentions {
  /** The oldest first. */
  readonly items: readonly Message[]
  readonly people: readonly Person[]
  readonly hasAfter: boolean
}

/**
 * Messages that call this person, by name or by answering them, and that they have neither read nor
 * written after. As everywhere, what is deleted, hidden or cleared is not there.
 *
 * @param after only those with a higher number.
 * @throws QL_MSG_NOT_FOUND also for who may look at the chat from outside: nothing is unread there.
 */
export async function unreadMentions(
  room: Room,
  userId: string,
  chatId: string,
  { after = 0, limit = PAGE }: { readonly after?: number; readonly limit?: number },
): Promise<UnreadMentions> {
  const { reader } = room.db
  const seat = await seatOf(reader, userId, chatId)
  const rows = await select<MessageTable>(
    reader,
    `select m.* from messaging_mentions c
     join messaging_messages m on m.chat_id = c.chat_id and m.seq = c.seq
     where c.user_id = ? and c.chat_id = ? and c.seq > ? and ${SEEN} order by c.seq limit ?`,
    [userId, chatId, Math.max(floorOf(seat), after), ...seenBy(sightOfSeat(seat)), limit + 1],
  )
  const items = await presentMessages(reader, rows.slice(0, limit), userId)
  return { items, people: await peopleIn(room, items), hasAfter: rows.length > limit }
}
