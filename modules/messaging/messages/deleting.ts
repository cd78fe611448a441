import { recordEvent, tellChat, tellPeople, touchesOf } from '../log/chat-log.ts'
import { hearersOf } from './editing.ts'
import { errors } from '../errors.ts'
import { dropMentions, HAS_NOT_READ, mentionedBy } from './mentions.ts'
import { dropAttachments, usageOf } from './pictures.ts'
import { tellPins } from './pins.ts'
import { canDeleteForAll } from '../policy.ts'
import { change, select } from './prepared.ts'
import { recount } from '../reading/reading.ts'
import type { Room } from '../room.ts'
import { makeUnfindable } from '../search/findable.ts'
import { type Seat, seatOf } from '../members/seats.ts'
import { seenMessages, sightOfSeat } from '../members/sight.ts'
import type { MessageTable, Tx } from '../tables.ts'

const HANGING = [
  'messaging_reactions',
  'messaging_revisions',
  'messaging_reported',
  'messaging_views',
  'messaging_post_links',
] as const
const EMPTY = {
  text: '',
  entities: null,
  media: null,
  reply: null,
  forward: null,
  preview: null,
  service: null,
  post: null,
} as const

/**
 * Messages go from one's own view, or for everybody; those that are gone already stay so.
 *
 * @throws QL_MSG_NOT_FOUND; QL_MSG_NOT_ALLOWED when one of them may not be deleted for everybody:
 * then none is.
 */
export async function deleteMessages(
  room: Room,
  actorId: string,
  chatId: string,
  { seqs, whose }: { readonly seqs: readonly number[]; readonly whose: 'me' | 'all' },
): Promise<void> {
  const rows = await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const found = await seenMessages(tx.db, sightOfSeat(own), seqs)
    if (found.length === 0) return []
    if (whose === 'me') {
      await hideFor(tx, own, found)
      return []
    }
    if (!found.every((row) => canDeleteForAll(own, row, actorId))) throw errors.QL_MSG_NOT_ALLOWED()
    await eraseMessages(tx, room, own.id, found, actorId)
    return found
  })
  await releasePictures(room, rows)
}

async function hideFor(tx: Tx, own: Seat, rows: readonly MessageTable[]): Promise<void> {
  const { id: chatId, user_id: userId } = own
  const seqs = rows.map(({ seq }) => seq)
  await tx.db
    .insertInto('messaging_hidden')
    .values(seqs.map((seq) => ({ user_id: userId, chat_id: chatId, seq })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.db
    .deleteFrom('messaging_mentions')
    .where('user_id', '=', userId)
    .where('chat_id', '=', chatId)
    .where('seq', 'in', seqs)
    .execute()
  const marked = own.marked_unread
  const me = await recount(tx, own)
  if (marked === 1) await setMarked(tx, own)
  const update = { k: 'msg.del', chat: chatId, seqs } as const
  await tellPeople(tx, [{ userId, me }], update, { chat: chatId, hid: seqs })
}

async function setMarked(tx: Tx, { id, user_id }: Seat): Promise<void> {
  await change(
    tx,
    `update messaging_members set marked_unread = 1 where chat_id = ? and user_id = ?
     returning user_id`,
    [id, user_id],
  )
}

/** Nothing of what they said stays; their numbers do, and so do the senders' own numbers. */
export async function eraseMessages(
  tx: Tx,
  room: Room,
  chatId: string,
  rows: readonly MessageTable[],
  actorId: string | null,
): Promise<void> {
  const seqs = rows.map(({ seq }) => seq)
  const atMs = room.clock.nowMs()
  for (const row of rows) await uncount(tx, row)
  await tx.db
    .updateTable('messaging_messages')
    .set({ ...EMPTY, deleted_ms: atMs, views: 0 })
    .where('chat_id', '=', chatId)
    .where('seq', 'in', seqs)
    .execute()
  await dropAround(tx, chatId, seqs)
  const hadPins = await dropPins(tx, chatId, seqs)
  const event = { kind: 'msg.del', actorId, atMs, data: { seqs } } as const
  const place = await recordEvent(tx, chatId, event)
  await makeUnfindable(tx.db, rows)
  const hearers = place.fanout === 'read' ? [] : await hearersOf(tx, chatId, 'all')
  await tellChat(tx, place, { k: 'msg.del', chat: chatId, ev: place.ev, seqs }, hearers)
  if (hadPins) await tellPins(tx, room, chatId, actorId)
  await untell(tx, chatId, Math.min(...seqs))
  const options = { subject: `chat/${chatId}`, actor: actorId, touches: touchesOf(place) }
  await tx.publish('message.deleted', { chatId, chatType: place.type, seqs }, options)
}

/** Whoever has not read it has one unread less. */
async function uncount(tx: Tx, { chat_id, seq, sender_id, kind }: MessageTable): Promise<void> {
  await dropMentions(tx, chat_id, seq, await mentionedBy(tx, chat_id, seq))
  if (kind === 'service') return
  await change(
    tx,
    `update messaging_members set unread = unread - 1
     where chat_id = ? and state = 'in' and unread > 0 and user_id <> ? and ${HAS_NOT_READ}
       and not exists (select 1 from messaging_hidden h where h.user_id = messaging_members.user_id
         and h.chat_id = messaging_members.chat_id and h.seq = ?)
     returning user_id`,
    [chat_id, sender_id ?? '', seq, seq, seq, seq],
  )
}

async function dropAround(tx: Tx, chatId: string, seqs: readonly number[]): Promise<void> {
  await dropAttachments(tx, chatId, seqs)
  for (const table of HANGING) {
    await tx.db
      .deleteFrom(table)
      .where('chat_id', '=', chatId)
      .where('seq', 'in', [...seqs])
      .execute()
  }
}

async function dropPins({ db }: Tx, chatId: string, seqs: readonly number[]): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('messaging_pins')
    .where('chat_id', '=', chatId)
    .where('seq', 'in', [...seqs])
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Notifications may quote what is gone. */
export async function untell(tx: Tx, chatId: string, from: number): Promise<void> {
  const told = await select<{ user_id: string }>(
    tx.db,
    `select user_id from messaging_members
     where chat_id = ? and told_seq >= ? and told_seq > read_seq and told_ms > 0`,
    [chatId, from],
  )
  for (const { user_id } of told) await tx.withdrawNotifications(`chat/${chatId}/${user_id}`)
}

/** After the commit; what another message still shows stays. */
export async function releasePictures(room: Room, rows: readonly MessageTable[]): Promise<void> {
  for (const { media, preview, sender_id, cid } of rows) {
    if (sender_id === null || (media === null && preview === null)) continue
    await room.app.media.release(usageOf(sender_id, cid))
  }
}
