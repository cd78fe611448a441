import { type Hearer, recordEvent, tellChat, tellChatAnew, touchesOf } from '../log/chat-log.ts'
import { requireWords } from './composing.ts'
import { errors } from '../errors.ts'
import { addMentions, dropMentions, mentionedBy, mentionedIn, resolveMentions } from './mentions.ts'
import { canEdit, canSend, isEditable } from '../policy.ts'
import { presentMessage } from './present-message.ts'
import { select } from './prepared.ts'
import { isLinked } from '../previews/is-linked.ts'
import type { Room } from '../room.ts'
import { findAnew } from '../search/findable.ts'
import type { Entity, Message } from '../schema.ts'
import { peerOf, type Seat, seatOf } from '../members/seats.ts'
import { seenMessage, sightOfSeat } from '../members/sight.ts'
import type { MemberTable, MessageTable, Tx } from '../tables.ts'
import { EDIT_HOURS } from '../text/limits.ts'

export interface Edit {
  readonly seq: number
  readonly text: string
  readonly entities?: readonly Entity[]
  readonly ver?: number
}

/**
 * Changes what a message says. What it said before is kept for moderators.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_EDIT_LATE, QL_MSG_CHANGED with the message as
 * it is, and the codes of a text.
 */
export async function editMessage(
  room: Room,
  actorId: string,
  chatId: string,
  edit: Edit,
): Promise<Message> {
  const seat = await seatOf(room.db.reader, actorId, chatId)
  await requireHeard(room, seat)
  const row = await seenMessage(room.db.reader, sightOfSeat(seat), edit.seq)
  const words = requireWords(edit.text, edit.entities, row.media !== null)
  const entities = await resolveMentions(room, words.text, words.entities)
  const named = mentionedIn(entities)
  const standings = await room.people.standings(actorId, named)
  const uncalled = named.filter((id) => standings.get(id)?.blockedBy)
  const called = named.filter((id) => id !== row.sender_id && !uncalled.includes(id))
  return room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const before = await seenMessage(tx.db, sightOfSeat(own), edit.seq)
    requireEditable(own, before, room.clock.nowMs())
    if (edit.ver !== undefined && edit.ver !== before.ver) {
      const m = await presentMessage(tx.db, before, actorId)
      throw errors.QL_MSG_CHANGED({ members: { m } })
    }
    const text = entities.length > 0 ? JSON.stringify(entities) : null
    if (before.text === words.text && before.entities === text) {
      return presentMessage(tx.db, before, actorId)
    }
    const change = { text: words.text, entities: text, called, uncalled }
    return rewrite(tx, room, before, change, actorId)
  })
}

/** Whoever is kept away by the other of a private chat changes nothing there. @throws QL_MSG_NOT_ALLOWED */
export async function requireHeard(room: Room, seat: Seat): Promise<void> {
  const peer = peerOf(seat, seat.user_id)
  if (peer === null) return
  const { blockedBy } = await room.people.standing(seat.user_id, peer)
  if (blockedBy) throw errors.QL_MSG_NOT_ALLOWED()
}

function requireEditable(seat: Seat, message: MessageTable, nowMs: number): void {
  if (!canEdit(seat, message, seat.user_id) || !canSend(seat)) throw errors.QL_MSG_NOT_ALLOWED()
  if (!isEditable(seat, message, nowMs)) {
    throw errors.QL_MSG_EDIT_LATE({ values: { hours: EDIT_HOURS } })
  }
}

interface Rewriting {
  readonly text: string
  readonly entities: string | null
  readonly called: readonly string[]
  /** Named, but they keep whoever says it away. */
  readonly uncalled: readonly string[]
}

async function rewrite(
  tx: Tx,
  room: Room,
  before: MessageTable,
  { text, entities, called, uncalled }: Rewriting,
  actorId: string,
): Promise<Message> {
  const { chat_id, seq } = before
  const atMs = room.clock.nowMs()
  const after: MessageTable = { ...before, text, entities, edited_ms: atMs, ver: before.ver + 1 }
  await tx.db
    .insertInto('messaging_revisions')
    .values({
      chat_id,
      seq,
      ver: before.ver,
      text: before.text,
      entities: before.entities,
      until_ms: atMs,
    })
    .execute()
  await tx.db
    .updateTable('messaging_messages')
    .set({ text, entities, edited_ms: atMs, ver: after.ver })
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .execute()
  const affected = await callAnew(tx, before, called)
  const place = await recordEvent(tx, chat_id, { kind: 'msg.edit', seq, actorId, atMs })
  await findAnew(tx.db, before, after)
  const m = await presentMessage(tx.db, after, null)
  const hearers = place.fanout === 'read' ? [] : await hearersOf(tx, chat_id, affected)
  await tellChat(tx, place, { k: 'msg.edit', chat: chat_id, ev: place.ev, m }, hearers)
  /* A large chat tells everybody the same. */
  if (place.fanout === 'read') await tellChatAnew(tx, uncalled, chat_id)
  const data = { chatId: chat_id, chatType: place.type, seq, ver: after.ver }
  const options = { subject: `chat/${chat_id}`, actor: actorId, touches: touchesOf(place) }
  await tx.publish('message.edited', data, options)
  const marks = entities === null ? [] : (JSON.parse(entities) as Entity[])
  if (before.preview !== null || isLinked(room, text, marks)) {
    const linked = { chatId: chat_id, chatType: place.type, seq }
    await tx.publish('message.linked', linked, { subject: `chat/${chat_id}` })
  }
  return presentMessage(tx.db, after, actorId)
}

/** @returns who is called and was not, and the other way round. */
async function callAnew(
  tx: Tx,
  { chat_id, seq, reply }: MessageTable,
  called: readonly string[],
): Promise<ReadonlySet<string>> {
  const before = await mentionedBy(tx, chat_id, seq)
  const answered = reply === null ? null : await senderOf(tx, chat_id, JSON.parse(reply).seq)
  const gone = before.filter((id) => !called.includes(id) && id !== answered)
  const added = called.filter((id) => !before.includes(id))
  await dropMentions(tx, chat_id, seq, gone)
  await addMentions(tx, chat_id, seq, added)
  return new Set([...gone, ...added])
}

async function senderOf(tx: Tx, chatId: string, seq: number): Promise<string | null> {
  const [row] = await select<{ sender_id: string | null }>(
    tx.db,
    'select sender_id from messaging_messages where chat_id = ? and seq = ?',
    [chatId, seq],
  )
  return row?.sender_id ?? null
}

/** Everybody in the chat; `me` for those whose numbers have changed. */
export async function hearersOf(
  tx: Tx,
  chatId: string,
  affected: ReadonlySet<string> | 'all',
): Promise<Hearer[]> {
  const rows = await select<
    Pick<MemberTable, 'user_id' | 'unread' | 'mentions'> & { read_seq: number }
  >(
    tx.db,
    `select user_id, unread, mentions, read_seq from messaging_members
     where chat_id = ? and state = 'in'`,
    [chatId],
  )
  return rows.map(({ user_id, unread, mentions, read_seq }) => {
    const isAffected = affected === 'all' || affected.has(user_id)
    const me = { unread, mentions, readSeq: read_seq }
    return { userId: user_id, ...(isAffected ? { me } : {}) }
  })
}
