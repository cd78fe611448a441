import { errors } from '../errors.ts'
import { isPublic } from '../policy.ts'
import { places, select } from '../messages/prepared.ts'
import { chatWithId, type Seat, seatIn } from './seats.ts'
import type { ChatTable, MessageTable, Reader } from '../tables.ts'

/** What somebody sees of a chat: as one of its people, or of a public one from outside. */
export interface Sight {
  readonly chat: ChatTable
  readonly userId: string | null
  readonly isMember: boolean
  /** Messages up to here are not in this person's view. */
  readonly clearedSeq: number
}

/** For one user and one chat: not deleted, not cleared, not from before they came, not hidden. */
export const SEEN = `m.chat_id = ? and m.seq > ? and m.deleted_ms is null
  and not exists (select 1 from messaging_hidden h
    where h.user_id = ? and h.chat_id = m.chat_id and h.seq = m.seq)`

/** What a query needs of it. */
export type View = Pick<Sight, 'userId' | 'clearedSeq'> & {
  readonly chat: Pick<ChatTable, 'id'>
}

export function seenBy({ chat, clearedSeq, userId }: View): [string, number, string] {
  return [chat.id, clearedSeq, userId ?? '']
}

/** @throws QL_MSG_NOT_FOUND for who neither is in the chat nor may look at it from outside. */
export async function sightOf(db: Reader, userId: string | null, chatId: string): Promise<Sight> {
  const sight = await lookInto(db, userId, chatId)
  if (!sight) throw errors.QL_MSG_NOT_FOUND()
  return sight
}

/** Undefined to whom the chat is closed, and where it is gone. */
export async function lookInto(
  db: Reader,
  userId: string | null,
  chatId: string,
): Promise<Sight | undefined> {
  const seat = userId === null ? undefined : await seatIn(db, userId, chatId)
  if (seat?.state === 'in') return sightOfSeat(seat)
  const chat = seat ?? (await chatWithId(db, chatId))
  if (!chat || !isPublic(chat) || seat?.is_banned === 1) return undefined
  return { chat, userId, isMember: false, clearedSeq: 0 }
}

export function sightOfSeat(seat: Seat): Sight {
  return { chat: seat, userId: seat.user_id, isMember: true, clearedSeq: seat.cleared_seq }
}

/** All that is there, without anybody's own view. */
export function viewOfAll(chatId: string): View {
  return { chat: { id: chatId }, userId: null, clearedSeq: 0 }
}

/** People of a chat who do not see all of these messages, or what is left of them. */
export async function blindTo(
  db: Reader,
  chatId: string,
  seqs: readonly number[],
): Promise<ReadonlySet<string>> {
  if (seqs.length === 0) return new Set()
  const rows = await select<{ user_id: string }>(
    db,
    `select user_id from messaging_members
     where chat_id = ? and cleared_seq > 0 and cleared_seq >= ? and state = 'in'
     union select user_id from messaging_hidden where chat_id = ? and seq in (${places(seqs)})`,
    [chatId, Math.min(...seqs), chatId, ...seqs],
  )
  return new Set(rows.map((row) => row.user_id))
}

/** @throws QL_MSG_NOT_FOUND */
export async function seenMessage(db: Reader, sight: Sight, seq: number): Promise<MessageTable> {
  const [row] = await seenMessages(db, sight, [seq])
  if (!row) throw errors.QL_MSG_NOT_FOUND()
  return row
}

/** In order; those that are not seen are absent. */
export async function seenMessages(
  db: Reader,
  sight: Sight,
  seqs: readonly number[],
): Promise<MessageTable[]> {
  const found: MessageTable[] = []
  for (const seq of new Set(seqs)) {
    const rows = await select<MessageTable>(
      db,
      `select m.* from messaging_messages m where ${SEEN} and m.seq = ?`,
      [...seenBy(sight), seq],
    )
    found.push(...rows)
  }
  return found.toSorted((a, b) => a.seq - b.seq)
}
