import type { ErasedSubject } from '#core'
import { releasePictures, untell } from '../messages/deleting.ts'
import { select } from '../messages/prepared.ts'
import type { KeptForward } from '../messages/present-message.ts'
import { type Retouched, retouch } from '../messages/retouching.ts'
import type { Room } from '../room.ts'
import type { MessageTable } from '../tables.ts'

const BATCH = 100
const FORWARDS = `select m.* from messaging_messages m
  join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
  where m.forward like ? and (m.chat_id, m.seq) > (?, ?)
  order by m.chat_id, m.seq limit ${BATCH}`

/** Whose words a message passes on. */
export function isBy({ forward }: Pick<MessageTable, 'forward'>, userId: string): boolean {
  if (forward === null) return false
  const { by, userId: told } = JSON.parse(forward) as KeptForward
  return (by ?? told) === userId
}

/**
 * What others have passed on comes from a deleted account from now on; it never becomes the words of
 * whoever passed it on. Where texts go, nothing but that is left.
 *
 * @returns how many forwards.
 */
export async function loseForwards(
  room: Room,
  { userId, content }: Pick<ErasedSubject, 'userId' | 'content'>,
): Promise<number> {
  let lost = 0
  let from: [string, number] = ['', 0]
  for (;;) {
    const rows = await select<MessageTable>(room.db.reader, FORWARDS, [`%${userId}%`, ...from])
    const last = rows.at(-1)
    if (!last) return lost
    from = [last.chat_id, last.seq]
    const theirs = rows.filter((row) => isBy(row, userId))
    for (const [chatId, own] of Map.groupBy(theirs, (row) => row.chat_id)) {
      await room.db.transaction(async (tx) => {
        for (const row of own) await retouch(tx, room, row, lostOf(row, content), null)
        if (content === 'delete') await untell(tx, chatId, Math.min(...own.map(({ seq }) => seq)))
      })
      await releasePictures(room, own)
    }
    lost += theirs.length
  }
}

function lostOf({ forward }: MessageTable, content: ErasedSubject['content']): Retouched {
  const { date } = JSON.parse(forward ?? '{}') as KeptForward
  const origin = { name: '', userId: null, chat: null, seq: null, date, deleted: true }
  const words = { kind: 'text', text: '', entities: null, preview: null, post: null } as const
  return {
    ...(content === 'delete' ? words : {}),
    media: null,
    forward: JSON.stringify(origin),
  }
}
