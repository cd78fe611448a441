import { errors } from './errors.ts'
import { isPublic } from './policy.ts'
import { select } from './prepared.ts'
import { chatOf, seatIn } from './seats.ts'
import type { ChatTable, MessageTable, Reader } from './tables.ts'

/** What somebody sees of a chat: as one of its people, or of a public one from outside. */
export interface Sight {
  readonly chat: ChatTable
  readonly userId: string | null
  readonly isMember: boolean
  /** Messages up to here are gone from this person's view. */
  readonly clearedSeq: number
}

/** For one user and one chat: not deleted, not cleared, not hidden. */
export const SEEN = `m.chat_id = ? and m.seq > ? and m.deleted_ms is null
  and not exists (select 1 from messaging_hidden h
    where h.user_id = ? and h.chat_id = m.chat_id and h.seq = m.seq)`

export function seenBy({ chat, clearedSeq, userId }: Sight): [string, number, string] {
  return [chat.id, clearedSeq, userId ?? '']
}

/** @throws QL_MSG_NOT_FOUND for who neither is in the chat nor may look at it from outside. */
export async function sightOf(db: Reader, userId: string | null, chatId: string): Promise<Sight> {
  const seat = userId === null ? undefined : await seatIn(db, userId, chatId)
  if (seat?.state === 'in') {
    return { chat: seat, userId, isMember: true, clearedSeq: seat.cleared_seq }
  }
  const chat = await chatOf(db, chatId)
  if (!isPublic(chat) || seat?.is_banned === 1) throw errors.QL_MSG_NOT_FOUND()
  return { chat, userId, isMember: false, clearedSeq: 0 }
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
