import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { SEEN, seenBy, type Sight, sightOf } from '../members/sight.ts'
import type { MessageTable, Reader } from '../tables.ts'

const PAGE = 20

export interface GalleryQuestion {
  readonly chat: string
  readonly seq: number
  /** Messages on each side. */
  readonly limit?: number | undefined
}

export interface Gallery {
  /** Messages with pictures and films, ascending. */
  readonly rows: readonly MessageTable[]
  /** Pictures and films in messages before and after these. */
  readonly before: number
  readonly after: number
}

const MEDIA = `from messaging_shared s
  join messaging_messages m on m.chat_id = s.chat_id and m.seq = s.seq
  where s.chat_id = ? and s.kind = 'media'`

/**
 * How many pictures and films a message has, read off its text: attachments are kept as
 * `JSON.stringify` writes them, where quotation marks stand bare only around names and values.
 */
const PIECES = ['photo', 'video']
  .map((kind) => `"kind":"${kind}"`)
  .map((mark) => `(length(m.media) - length(replace(m.media, '${mark}', ''))) / ${mark.length}`)
  .join(' + ')

/** The pictures and films of a chat around a message. @throws QL_MSG_NOT_FOUND */
export async function galleryAround(
  { db: { reader } }: Room,
  userId: string,
  { chat, seq, limit = PAGE }: GalleryQuestion,
): Promise<Gallery> {
  const sight = await sightOf(reader, userId, chat)
  const older = await select<MessageTable>(
    reader,
    `select m.* ${MEDIA} and s.seq <= ? and ${SEEN} order by s.seq desc limit ?`,
    [chat, seq, ...seenBy(sight), limit + 1],
  )
  const newer = await select<MessageTable>(
    reader,
    `select m.* ${MEDIA} and s.seq > ? and ${SEEN} order by s.seq limit ?`,
    [chat, seq, ...seenBy(sight), limit],
  )
  const rows = [...older.toReversed(), ...newer]
  const [first, last] = [rows.at(0)?.seq ?? seq, rows.at(-1)?.seq ?? seq]
  const before = await piecesIn(reader, sight, 's.seq < ?', first)
  const after = await piecesIn(reader, sight, 's.seq > ?', last)
  return { rows, before, after }
}

async function piecesIn(db: Reader, sight: Sight, where: string, seq: number): Promise<number> {
  const [row] = await select<{ n: number | string | null }>(
    db,
    `select sum(${PIECES}) as n ${MEDIA} and ${where} and ${SEEN}`,
    [sight.chat.id, seq, ...seenBy(sight)],
  )
  return Number(row?.n ?? 0)
}
