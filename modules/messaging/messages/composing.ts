import { tellChatAnew } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { mentionedIn, resolveMentions } from './mentions.ts'
import { requirePictures } from './pictures.ts'
import { canSend, canSendMedia } from '../policy.ts'
import { select } from './prepared.ts'
import type { Room } from '../room.ts'
import { peerOf, type Seat, seatOf } from '../members/seats.ts'
import { append, findSent, nextMessage } from './sending.ts'
import { digestOf, type Outgoing, type Sending, type Sent } from './outgoing.ts'
import type { Entity, Message, Person } from '../schema.ts'
import { SEEN, seenBy, sightOfSeat } from '../members/sight.ts'
import type { MessageTable, Reader, Tx } from '../tables.ts'
import { MAX_TEXT } from '../text/limits.ts'
import type { Marked } from '../text/spans.ts'
import { isBlank, wordsOf } from '../text/words.ts'

/** A message as its sender's program says it. */
export interface NewMessage {
  readonly cid: string
  readonly text?: string
  readonly entities?: readonly Entity[]
  readonly mediaIds?: readonly string[]
  readonly reply?: {
    readonly seq: number
    readonly quote?: { readonly text: string; readonly offset: number }
  }
  readonly draftVer?: number
}

/** Entities in JSON; a text of links alone would outgrow what may be told at once. */
const MAX_ENTITY_BYTES = 16_384
/** A clock is allowed to be so wrong that slow mode still ends. */
const MS_PER_S = 1_000

/**
 * Sends a message, or finds that it was sent: the same `cid` of the same sender is one message for
 * ever. Answers after the commit.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_BLOCKED_BY_YOU, QL_MSG_SLOW_MODE,
 * QL_MSG_EMPTY, QL_MSG_TOO_LONG, QL_MSG_ENTITIES, QL_MSG_MEDIA, QL_MSG_REPLY, QL_MSG_CID_CONFLICT.
 */
export async function sendMessage(
  room: Room,
  senderId: string,
  chatId: string,
  message: NewMessage,
): Promise<Sent> {
  const { cid, text = '', entities, mediaIds = [], reply } = message
  const digest = digestOf([chatId, text, entities ?? null, mediaIds, reply ?? null])
  const known = await findSent(room.db.reader, senderId, { cid, digest })
  if (known) return known
  const seat = await seatOf(room.db.reader, senderId, chatId)
  requireSending(seat, mediaIds.length > 0)
  const words = requireWords(text, entities, mediaIds.length > 0)
  const media = await requirePictures(room, senderId, cid, mediaIds)
  const outgoing: Outgoing = {
    cid,
    digest,
    kind: 'text',
    text: words.text,
    entities: await resolveMentions(room, words.text, words.entities),
    media,
    reply: reply ?? null,
    forward: null,
  }
  const facts = await factsOf(room, seat, senderId, outgoing)
  return deliver(room, { chatId, outgoing, draftVer: message.draftVer, ...facts })
}

/** Commits one message; a repetition that was faster has won. */
async function deliver(room: Room, sending: Sending): Promise<Sent> {
  const { sender, outgoing } = sending
  const senderId = sender?.id ?? ''
  try {
    return await room.db.transaction(async (tx) => {
      const known = await findSent(tx.db, senderId, outgoing)
      if (known) return known
      const m = await post(tx, room, sending)
      return { seq: m.seq, dup: false, m }
    })
  } catch (error) {
    const known = await findSent(room.db.reader, senderId, outgoing)
    if (known) return known
    throw error
  }
}

/** The rights count at the moment the number is given: who was removed before has none. */
export async function post(tx: Tx, room: Room, sending: Sending): Promise<Message> {
  const { chatId, sender, outgoing, isUnheard = false } = sending
  const now = room.clock.nowMs()
  const place = await nextMessage(tx, chatId, now, isUnheard ? null : (sender?.id ?? null))
  const seat = await seatOf(tx.db, sender?.id ?? '', chatId)
  requireSending(seat, outgoing.media.length > 0)
  requirePatience(seat, now)
  const answeredId = await requireReply(tx.db, seat, outgoing)
  const mentioned = new Set(sending.mentioned)
  if (answeredId !== null && seat.type !== 'private') mentioned.add(answeredId)
  mentioned.delete(seat.user_id)
  for (const userId of sending.shunnedBy) mentioned.delete(userId)
  const isPrivate = seat.type === 'private'
  const shunnedBy = isPrivate ? sending.shunnedBy : new Set<string>()
  const m = await append(tx, room, place, { ...sending, shunnedBy, mentioned: [...mentioned] })
  if (place.fanout === 'read') await tellOwn(tx, seat, sending)
  return m
}

/**
 * What a large chat cannot say, because it tells everybody the same: whoever writes has done what
 * their mark was there for, and who keeps them away is not called.
 */
async function tellOwn(tx: Tx, seat: Seat, { shunnedBy }: Sending): Promise<void> {
  const marked = seat.marked_unread === 1 ? [seat.user_id] : []
  await tellChatAnew(tx, [...marked, ...shunnedBy], seat.id)
}

/** Who is told and who is not, as others have decided. */
export async function factsOf(
  room: Room,
  seat: Seat,
  senderId: string,
  { entities, reply }: Pick<Outgoing, 'entities' | 'reply'>,
): Promise<Pick<Sending, 'sender' | 'shunnedBy' | 'isUnheard' | 'mentioned'>> {
  const sender: Person = await room.people.withId(senderId)
  const peer = peerOf(seat, senderId)
  const mentioned = mentionedIn(entities)
  const answered = reply && peer === null ? await senderIn(room.db.reader, seat, reply.seq) : null
  const concerned = [peer, answered, ...mentioned].filter((id) => id !== null && id !== senderId)
  const standings = await room.people.standings(senderId, [...new Set(concerned)] as string[])
  if (peer !== null && standings.get(peer)?.blocks) throw errors.QL_MSG_BLOCKED_BY_YOU()
  const shunnedBy = [...standings].filter(([, { blockedBy }]) => blockedBy).map(([id]) => id)
  const isUnheard = peer !== null && shunnedBy.includes(peer)
  return { sender, shunnedBy: new Set(shunnedBy), isUnheard, mentioned }
}

/** @throws QL_MSG_NOT_ALLOWED */
export function requireSending(seat: Seat, hasMedia: boolean): void {
  if (!(hasMedia ? canSendMedia(seat) : canSend(seat))) throw errors.QL_MSG_NOT_ALLOWED()
}

/** @throws QL_MSG_EMPTY, QL_MSG_TOO_LONG, QL_MSG_ENTITIES */
export function requireWords(
  text: string,
  entities: readonly Entity[] | undefined,
  hasMedia: boolean,
): Marked {
  const words = wordsOf(text, entities)
  if (!words) throw errors.QL_MSG_ENTITIES()
  if (words.text.length > MAX_TEXT) throw errors.QL_MSG_TOO_LONG({ values: { max: MAX_TEXT } })
  if (JSON.stringify(words.entities).length > MAX_ENTITY_BYTES) throw errors.QL_MSG_ENTITIES()
  if (isBlank(words.text) && !hasMedia) throw errors.QL_MSG_EMPTY()
  return words
}

/** @throws QL_MSG_SLOW_MODE */
function requirePatience({ type, role, slow_s, sent_ms }: Seat, nowMs: number): void {
  if (type !== 'group' || role !== 'member' || slow_s === 0 || sent_ms === null) return
  const leftMs = Math.min(sent_ms + slow_s * MS_PER_S - nowMs, slow_s * MS_PER_S)
  if (leftMs <= 0) return
  const seconds = Math.ceil(leftMs / MS_PER_S)
  throw errors.QL_MSG_SLOW_MODE({ values: { seconds }, retryAfterS: seconds })
}

/** @returns who wrote what is answered. @throws QL_MSG_REPLY */
async function requireReply(
  db: Reader,
  seat: Seat,
  { reply }: Pick<Outgoing, 'reply'>,
): Promise<string | null> {
  if (!reply) return null
  const [row] = await select<Pick<MessageTable, 'sender_id' | 'text'>>(
    db,
    `select m.sender_id, m.text from messaging_messages m where ${SEEN} and m.seq = ?`,
    [...seenBy(sightOfSeat(seat)), reply.seq],
  )
  const isThere = row && (!reply.quote || row.text.includes(reply.quote.text))
  if (!isThere) throw errors.QL_MSG_REPLY()
  return row.sender_id
}

async function senderIn(db: Reader, { id }: Seat, seq: number): Promise<string | null> {
  const [row] = await select<{ sender_id: string | null }>(
    db,
    'select sender_id from messaging_messages where chat_id = ? and seq = ?',
    [id, seq],
  )
  return row?.sender_id ?? null
}
