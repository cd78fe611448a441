import { select } from '../messages/prepared.ts'
import { floorOf, type Seat } from '../members/seats.ts'
import type { MemberTable, Reader } from '../tables.ts'
import type { Counts } from '../log/updates.ts'

/** Counting stops there; nobody reads so far back. */
const MAX_COUNTED = 10_000

/** What is unread: newer than what was read, by somebody else, not deleted and not hidden. */
const UNREAD = `select count(*) as n from (
  select 1 from messaging_messages m
  where m.chat_id = ? and m.seq > ? and m.seq <= ? and m.deleted_ms is null
    and m.kind <> 'service' and (m.sender_id is null or m.sender_id <> ?)
    and not exists (select 1 from messaging_hidden h
      where h.user_id = ? and h.chat_id = m.chat_id and h.seq = m.seq)
  limit ?) as found`
const MENTIONS = `select count(*) as n from messaging_mentions
  where user_id = ? and chat_id = ? and seq > ? and seq <= ?`

/** What is counted, and where counting may stop. */
interface Extent {
  /** The last message that counts. */
  readonly upTo?: number
  readonly most?: number
}

export async function countUnread(
  db: Reader,
  member: MemberTable,
  { upTo = Number.MAX_SAFE_INTEGER, most = MAX_COUNTED }: Extent = {},
): Promise<number> {
  const { chat_id: chat, user_id: user } = member
  const parameters = [chat, floorOf(member), upTo, user, user, most]
  const [row] = await select<{ n: number }>(db, UNREAD, parameters)
  return row?.n ?? 0
}

export async function countMentions(
  db: Reader,
  member: MemberTable,
  { upTo = Number.MAX_SAFE_INTEGER }: Extent = {},
): Promise<number> {
  const { chat_id: chat, user_id: user } = member
  const [row] = await select<{ n: number }>(db, MENTIONS, [user, chat, floorOf(member), upTo])
  return row?.n ?? 0
}

/**
 * What a person is told is unread, up to the last message of the seat: what comes later is told
 * later, and counted then. The numbers kept beside the membership are right by the transaction that
 * changes them; whoever asks for a list gets them counted anew all the same, and in large chats
 * there are no others.
 */
export async function countsOf(db: Reader, seat: Seat): Promise<Counts> {
  const readSeq = seat.read_seq
  if (floorOf(seat) >= seat.seq) return { unread: 0, mentions: 0, readSeq }
  const unread = await countUnread(db, seat, { upTo: seat.seq })
  const mentions = await countMentions(db, seat, { upTo: seat.seq })
  return {
    unread: unread < MAX_COUNTED ? unread : Math.max(unread, seat.unread),
    mentions,
    readSeq,
  }
}
