import { errors } from '../errors.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { SEEN, seenBy, sightOf } from '../members/sight.ts'
import type { MessageTable, SharedKind } from '../tables.ts'

const PAGE = 30
const CURSOR = /^\d{1,16}$/

export interface SharedQuestion {
  readonly chat: string
  readonly kind: SharedKind
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface SharedMessages {
  /** The latest first. */
  readonly rows: readonly MessageTable[]
  readonly nextCursor: string | null
}

/** What was sent in a chat, of one kind. @throws QL_MSG_NOT_FOUND, QL_MSG_CURSOR. */
export async function sharedMessages(
  { db: { reader } }: Room,
  userId: string,
  { chat, kind, cursor, limit = PAGE }: SharedQuestion,
): Promise<SharedMessages> {
  const sight = await sightOf(reader, userId, chat)
  const rows = await select<MessageTable>(
    reader,
    `select m.* from messaging_shared s
     join messaging_messages m on m.chat_id = s.chat_id and m.seq = s.seq
     where s.chat_id = ? and s.kind = ? and s.seq < ? and ${SEEN}
     order by s.seq desc limit ?`,
    [chat, kind, beforeIn(cursor), ...seenBy(sight), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, nextCursor: rows.length > limit && last ? String(last.seq) : null }
}

function beforeIn(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER
  if (!CURSOR.test(cursor)) throw errors.QL_MSG_CURSOR()
  return Number(cursor)
}
