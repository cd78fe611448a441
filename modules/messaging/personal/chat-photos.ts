import { recordEvent, tellChat, touchesOf } from '../log/chat-log.ts'
import { presentOutside } from '../chats/present-chat.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { chatOf } from '../members/seats.ts'
import type { ChatTable, Tx } from '../tables.ts'

const PAGE = 200

/** A picture that is a chat's photo belongs to the account of who brought it, and goes with it. */
export async function takePhotosAway(room: Room, userId: string): Promise<void> {
  let from = ''
  for (;;) {
    const chats = await select<Pick<ChatTable, 'id'> & { readonly photo_id: string }>(
      room.db.reader,
      `select id, photo_id from messaging_chats
       where photo_id is not null and deleted_ms is null and id > ? order by id limit ${PAGE}`,
      [from],
    )
    const last = chats.at(-1)
    if (!last) return
    from = last.id
    const ids = chats.map(({ photo_id: photo }) => photo)
    const own = new Set((await room.app.media.find(ids, { ownerId: userId })).map(({ id }) => id))
    for (const { id, photo_id: photo } of chats) {
      if (!own.has(photo)) continue
      await room.db.transaction((tx) => takeAway(tx, room, id))
      await room.app.media.release(`chat/${id}`, [photo])
    }
  }
}

async function takeAway(tx: Tx, room: Room, chatId: string): Promise<void> {
  await tx.db
    .updateTable('messaging_chats')
    .set({ photo_id: null })
    .where('id', '=', chatId)
    .execute()
  const event = { kind: 'chat.upsert', actorId: null, atMs: room.clock.nowMs() } as const
  const place = await recordEvent(tx, chatId, event)
  const after = await chatOf(tx.db, chatId)
  await tellChat(tx, place, { k: 'chat.upsert', chat: await presentOutside(tx.db, after) })
  await tx.publish(
    'chat.updated',
    { chatId, chatType: after.type, deleted: false },
    { subject: `chat/${chatId}`, actor: null, touches: touchesOf(place) },
  )
}
