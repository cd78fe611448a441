import { recordEvent, tellChat, touchesOf } from '../chat-log.ts'
import { errors } from '../errors.ts'
import { sightOfSeat } from '../editing.ts'
import { usageOf } from '../pictures.ts'
import { canEdit } from '../policy.ts'
import { select } from '../prepared.ts'
import type { Room } from '../room.ts'
import type { Entity, Preview } from '../schema.ts'
import { seatOf } from '../seats.ts'
import { seenMessage } from '../sight.ts'
import type { MessageTable, Tx } from '../tables.ts'
import { firstLink } from './first-link.ts'
import { findPage, keepPicture } from './found-page.ts'
import { Patience } from './patience.ts'

/** Taken away by hand: no other comes in its place. */
export const TAKEN_AWAY = 'null'

interface Linked {
  readonly chatId: string
  readonly seq: number
}

/** Shows what stands at the first link of a message, after it has been sent. */
export function previewLinks(room: Room): void {
  const patience = new Patience()
  room.app.onEvent('message.linked', ({ data }) => preview(room, patience, data as Linked))
}

async function preview(room: Room, patience: Patience, linked: Linked): Promise<void> {
  const row = await messageAt(room.db.reader, linked)
  if (!row?.sender_id || row.preview === TAKEN_AWAY) return
  const link = linkIn(row)
  const shown = row.preview === null ? null : (JSON.parse(row.preview) as Preview)
  if (link !== undefined && shown?.url === link) return
  const found = link === undefined ? null : await lookAt(room, patience, row, link)
  if (found || shown) await show(room, linked, link, found)
}

async function lookAt(
  room: Room,
  patience: Patience,
  row: MessageTable,
  link: string,
): Promise<Preview | null> {
  const ownerId = row.sender_id ?? ''
  const nowMs = room.clock.nowMs()
  if (room.app.settings['linkPreviews'] === false || patience.isOver(ownerId, nowMs)) return null
  const began = performance.now()
  const found = await findPage(room, link)
  const image = found && (await keepPicture(room, ownerId, usage(row), found.image))
  patience.spend(ownerId, performance.now() - began, nowMs)
  return found && { ...found, image }
}

/**
 * The card goes from a message, for everybody and for good.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED
 */
export async function takePreviewAway(
  room: Room,
  actorId: string,
  chatId: string,
  seq: number,
): Promise<void> {
  const seat = await seatOf(room.db.reader, actorId, chatId)
  const row = await seenMessage(room.db.reader, sightOfSeat(seat), seq)
  if (row.sender_id !== actorId && !canEdit(seat, row, actorId)) throw errors.QL_MSG_NOT_ALLOWED()
  if (row.preview === null || row.preview === TAKEN_AWAY) return
  await room.db.transaction((tx) => write(tx, room, row, TAKEN_AWAY, null))
}

/** Unless the message has become another meanwhile. */
async function show(
  room: Room,
  linked: Linked,
  link: string | undefined,
  found: Preview | null,
): Promise<void> {
  await room.db.transaction(async (tx) => {
    const row = await messageAt(tx.db, linked)
    if (!row || row.preview === TAKEN_AWAY || linkIn(row) !== link) return
    const text = found && JSON.stringify(found)
    if (row.preview !== text) await write(tx, room, row, text, found)
  })
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

async function messageAt(
  db: Parameters<typeof select>[0],
  { chatId, seq }: Linked,
): Promise<MessageTable | undefined> {
  const [row] = await select<MessageTable>(
    db,
    `select m.* from messaging_messages m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.chat_id = ? and m.seq = ? and m.deleted_ms is null and m.kind = 'text'`,
    [chatId, seq],
  )
  return row
}

function linkIn({ text, entities }: MessageTable): string | undefined {
  return firstLink(text, entities === null ? [] : (JSON.parse(entities) as Entity[]))
}

/** Goes with the message, like the pictures that were sent with it. */
function usage({ sender_id, cid }: MessageTable): string {
  return usageOf(sender_id ?? '', cid)
}
