import { recordEvent, tellChat, touchesOf } from '../log/chat-log.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Entity, Preview } from '../schema.ts'
import type { MessageTable, Reader, Tx } from '../tables.ts'
import { firstLink } from './first-link.ts'

/** Taken away by hand: no other comes in its place. */
export const TAKEN_AWAY = 'null'

export interface Linked {
  readonly chatId: string
  readonly seq: number
}

/** Nothing, where it is the same already. */
export async function writePreview(
  tx: Tx,
  room: Room,
  row: MessageTable,
  shown: Preview | null,
): Promise<void> {
  const text = shown && JSON.stringify(shown)
  if (row.preview !== text) await write(tx, room, row, text, shown)
}

/** For good. */
export function takeAway(tx: Tx, room: Room, row: MessageTable): Promise<void> {
  return write(tx, room, row, TAKEN_AWAY, null)
}

async function write(
  tx: Tx,
  room: Room,
  { chat_id, seq }: MessageTable,
  text: string | null,
  found: Preview | null,
): Promise<void> {
  await tx.db
    .updateTable('messaging_messages')
    .set({ preview: text })
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .execute()
  const event = { kind: 'msg.preview', seq, actorId: null, atMs: room.clock.nowMs() } as const
  const place = await recordEvent(tx, chat_id, event)
  const update = { k: 'msg.preview', chat: chat_id, ev: place.ev, seq, preview: found } as const
  await tellChat(tx, place, update)
  const options = { subject: `chat/${chat_id}`, actor: null, touches: touchesOf(place) }
  const data = { chatId: chat_id, chatType: place.type, seq }
  await tx.publish('message.previewed', data, options)
}

/** One with words, that is there. */
export async function messageAt(db: Reader, linked: Linked): Promise<MessageTable | undefined> {
  const row = await shownAt(db, linked)
  return row?.kind === 'text' ? row : undefined
}

/** One that is there, whatever it is. */
export async function shownAt(
  db: Reader,
  { chatId, seq }: Linked,
): Promise<MessageTable | undefined> {
  const [row] = await select<MessageTable>(
    db,
    `select m.* from messaging_messages m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.chat_id = ? and m.seq = ? and m.deleted_ms is null`,
    [chatId, seq],
  )
  return row
}

/** Where the first link of a message leads. */
export function linkIn({ text, entities }: MessageTable): string | undefined {
  return firstLink(text, entities === null ? [] : (JSON.parse(entities) as Entity[]))
}
