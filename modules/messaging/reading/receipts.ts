import { change, select } from '../messages/prepared.ts'
import type { Seat } from '../members/seats.ts'
import { SEEN } from '../members/sight.ts'
import type { ChatTable, Tx } from '../tables.ts'

/**
 * What ticks show: how far anybody else has read. The chat keeps the farthest reading, whose it is,
 * and the farthest of all others, so that this is known of every chat without asking its members,
 * however many they are. It never goes back, whoever leaves.
 */

/** Whose ticks change at most by one reading. */
const MAX_SENDERS = 100

const RAISE = `update messaging_chats set
    second_read_seq = case when top_reader = ? then second_read_seq
      when top_read_seq < ? then top_read_seq
      when second_read_seq < ? then ? else second_read_seq end,
    top_reader = case when top_read_seq < ? then ? else top_reader end,
    top_read_seq = case when top_read_seq < ? then ? else top_read_seq end
  where id = ? and second_read_seq < ? returning id`

/** The highest number that somebody other than this person has read. */
export function readByOthers(
  { type, top_read_seq, top_reader, second_read_seq }: ChatTable,
  userId: string,
): number {
  if (type === 'channel' || type === 'saved') return 0
  return top_reader === userId ? second_read_seq : top_read_seq
}

/**
 * Keeps that the person of this seat has read up to `upTo`, as far as they see anything there.
 *
 * @returns how far that is, and whose ticks change by it: of a chat where many read, only the first
 * reading is news to whoever wrote.
 */
export async function noteReading(
  tx: Tx,
  seat: Seat,
  upTo: number,
): Promise<{ seq: number; senders: string[] }> {
  const { id, type, user_id: userId } = seat
  if (type === 'channel' || type === 'saved') return { seq: 0, senders: [] }
  const seq = await lastSeen(tx, seat, upTo)
  if (seq <= seat.second_read_seq) return { seq, senders: [] }
  await change(tx, RAISE, [userId, seq, seq, seq, seq, userId, seq, seq, id, seq])
  return { seq, senders: await sendersOf(tx, seat, seq) }
}

async function lastSeen(tx: Tx, { id, cleared_seq, user_id }: Seat, upTo: number): Promise<number> {
  const [row] = await select<{ seq: number }>(
    tx.db,
    `select m.seq from messaging_messages m where ${SEEN} and m.seq <= ? order by m.seq desc limit 1`,
    [id, cleared_seq, user_id, upTo],
  )
  return row?.seq ?? 0
}

/** Who wrote what nobody but themselves had read before. */
async function sendersOf(tx: Tx, seat: Seat, upTo: number): Promise<string[]> {
  const { id, user_id: userId, top_read_seq, second_read_seq } = seat
  const reader = seat.top_reader ?? ''
  const rows = await select<{ sender_id: string }>(
    tx.db,
    `select distinct m.sender_id from messaging_messages m
     join messaging_members s
       on s.chat_id = m.chat_id and s.user_id = m.sender_id and s.state = 'in'
     where m.chat_id = ? and m.seq > ? and m.seq <= ? and m.sender_id <> ? and m.kind <> 'service'
       and m.deleted_ms is null and (m.seq > ? or m.sender_id = ?)
     limit ${MAX_SENDERS}`,
    [id, reader === userId ? top_read_seq : second_read_seq, upTo, userId, top_read_seq, reader],
  )
  return rows.map((row) => row.sender_id)
}
