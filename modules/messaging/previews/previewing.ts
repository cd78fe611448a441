import { errors } from '../errors.ts'
import { usageOf } from '../messages/pictures.ts'
import { canEdit } from '../policy.ts'
import type { Room } from '../room.ts'
import type { Preview } from '../schema.ts'
import { seatOf } from '../members/seats.ts'
import { seenMessage, sightOfSeat } from '../members/sight.ts'
import type { MessageTable } from '../tables.ts'
import { findPage, keepPicture } from './found-page.ts'
import { Patience } from './patience.ts'
import { followCard, followLinks, noteLink } from './post-links.ts'
import {
  linkIn,
  messageAt,
  shownAt,
  TAKEN_AWAY,
  takeAway,
  type Linked,
  writePreview,
} from './shown-preview.ts'

interface Found {
  readonly shown: Preview
  readonly postId: string | undefined
}

/** Shows what stands at the first link of a message, after it has been sent. */
export function previewLinks(room: Room): void {
  const patience = new Patience()
  room.app.onEvent('message.linked', ({ data }) => preview(room, patience, data as Linked))
}

async function preview(room: Room, patience: Patience, linked: Linked): Promise<void> {
  const row = await shownAt(room.db.reader, linked)
  if (row?.kind === 'post') await followCard(room, row)
  if (row?.kind === 'text' && row.sender_id !== null) await previewText(room, patience, row)
}

async function previewText(room: Room, patience: Patience, row: MessageTable): Promise<void> {
  if (row.preview === TAKEN_AWAY) return
  const link = linkIn(row)
  const shown = row.preview === null ? null : (JSON.parse(row.preview) as Preview)
  if (link !== undefined && shown?.url === link) return
  const found = link === undefined ? null : await lookAt(room, patience, row, link)
  if (found || shown) await show(room, { chatId: row.chat_id, seq: row.seq }, link, found)
}

/** Whatever was told of the post before its link was known has been told to nobody. */
async function lookAgain(room: Room, postId: string, link: string): Promise<void> {
  const page = await findPage(room, link)
  if (page?.postId !== postId) await followLinks(room, postId, null)
}

async function lookAt(
  room: Room,
  patience: Patience,
  row: MessageTable,
  link: string,
): Promise<Found | null> {
  const ownerId = row.sender_id ?? ''
  const nowMs = room.clock.nowMs()
  if (room.app.settings['linkPreviews'] === false || patience.isOver(ownerId, nowMs)) return null
  const began = performance.now()
  const found = await findPage(room, link)
  const image = found && (await keepPicture(room, ownerId, usage(row), found.image))
  patience.spend(ownerId, performance.now() - began, nowMs)
  if (!found) return null
  const { postId, ...words } = found
  return { shown: { ...words, image }, postId }
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
  await room.db.transaction((tx) => takeAway(tx, room, row))
}

/** Unless the message has become another meanwhile. */
async function show(
  room: Room,
  linked: Linked,
  link: string | undefined,
  found: Found | null,
): Promise<void> {
  await room.db.transaction(async (tx) => {
    const row = await messageAt(tx.db, linked)
    if (!row || row.preview === TAKEN_AWAY || linkIn(row) !== link) return
    await noteLink(tx, row, found?.postId)
    await writePreview(tx, room, row, found?.shown ?? null)
  })
  if (link !== undefined && found?.postId !== undefined) await lookAgain(room, found.postId, link)
}

/** Goes with the message, like the pictures that were sent with it. */
function usage({ sender_id, cid }: MessageTable): string {
  return usageOf(sender_id ?? '', cid)
}
