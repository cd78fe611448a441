import { eraseMessages, releasePictures } from '../messages/deleting.ts'
import { select } from '../messages/prepared.ts'
import { retouch } from '../messages/retouching.ts'
import type { Room } from '../room.ts'
import type { Preview } from '../schema.ts'
import type { MessageTable } from '../tables.ts'

const BATCH = 100
/** In a chat that is there. */
const OWN = `select m.* from messaging_messages m
  join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
  where m.sender_id = ? and m.deleted_ms is null`

/** Each becomes an empty place under its number. @returns how many. */
export async function eraseTexts(room: Room, userId: string): Promise<number> {
  let erased = 0
  for (;;) {
    const rows = await select<MessageTable>(
      room.db.reader,
      `${OWN} order by m.chat_id, m.seq limit ${BATCH}`,
      [userId],
    )
    if (rows.length === 0) return erased
    for (const [chatId, own] of Map.groupBy(rows, (row) => row.chat_id)) {
      await room.db.transaction((tx) => eraseMessages(tx, room, chatId, own, null))
      await releasePictures(room, own)
    }
    erased += rows.length
  }
}

/**
 * The words may stay. Pictures belong to the account, what is said of a link may name it, and
 * earlier wordings tell more than what stays; a message that was nothing but a picture goes.
 *
 * @returns how many messages have lost something.
 */
export async function eraseSecrets(room: Room, userId: string): Promise<number> {
  await room.db.transaction(({ session }) =>
    session.run(
      `delete from messaging_revisions where exists (select 1 from messaging_messages m
       where m.chat_id = messaging_revisions.chat_id and m.seq = messaging_revisions.seq
         and m.sender_id = ?)`,
      [userId],
    ),
  )
  let lost = 0
  for (;;) {
    const rows = await select<MessageTable>(
      room.db.reader,
      `${OWN} and (m.media is not null or m.preview like '%"image":"%')
       order by m.chat_id, m.seq limit ${BATCH}`,
      [userId],
    )
    if (rows.length === 0) return lost
    for (const [chatId, own] of Map.groupBy(rows, (row) => row.chat_id)) {
      const [bare, said] = [own.filter(isPictureAlone), own.filter((row) => !isPictureAlone(row))]
      await room.db.transaction(async (tx) => {
        if (bare.length > 0) await eraseMessages(tx, room, chatId, bare, null)
        for (const row of said) {
          const preview = pictureless(row.preview)
          await retouch(tx, room, row, { media: null, preview }, null)
        }
      })
      await releasePictures(room, own)
    }
    lost += rows.length
  }
}

function isPictureAlone({ text, media, post }: MessageTable): boolean {
  return text === '' && media !== null && post === null
}

function pictureless(preview: string | null): string | null {
  if (preview === null) return null
  const shown = JSON.parse(preview) as Preview | null
  return JSON.stringify(shown && { ...shown, image: null })
}
