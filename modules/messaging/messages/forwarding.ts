import { factsOf, post, requireSending } from './composing.ts'
import { errors } from '../errors.ts'
import { mentionedIn } from './mentions.ts'
import { keepPictures, usageOf } from './pictures.ts'
import { isPublic } from '../policy.ts'
import type { KeptForward } from './present-message.ts'
import { type Room, timeOf } from '../room.ts'
import { digestOf, type Outgoing, type Sending, type Sent } from './outgoing.ts'
import { findSent } from './sending.ts'
import type { Attachment, Entity } from '../schema.ts'
import { seatOf } from '../members/seats.ts'
import { type Sight, seenMessages, sightOf } from '../members/sight.ts'
import type { MessageTable } from '../tables.ts'

export interface ForwardOrder {
  readonly chat: string
  /** One for each message. */
  readonly cids: readonly string[]
  readonly from: { readonly chat: string; readonly seqs: readonly number[] }
}

/**
 * Sends messages on, all or none. Where they come from is told as far as everybody may know it: a
 * name, and a way back only into what is public.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_FORWARD, and the codes of sending.
 */
export async function forwardMessages(
  room: Room,
  senderId: string,
  { chat: chatId, cids, from }: ForwardOrder,
): Promise<Sent[]> {
  if (cids.length !== from.seqs.length || new Set(cids).size !== cids.length) {
    throw errors.QL_MSG_FORWARD()
  }
  const { reader } = room.db
  const source = await sightOf(reader, senderId, from.chat)
  const rows = new Map((await seenMessages(reader, source, from.seqs)).map((row) => [row.seq, row]))
  const sendings: Sending[] = []
  for (const [index, cid] of cids.entries()) {
    const seq = from.seqs[index] ?? 0
    const digest = digestOf(['forward', chatId, from.chat, seq])
    const row = rows.get(seq)
    sendings.push(await sendingOf(room, senderId, chatId, { cid, digest, row, source }))
  }
  return room.db.transaction(async (tx) => {
    const sent: Sent[] = []
    for (const sending of sendings) {
      const known = await findSent(tx.db, senderId, sending.outgoing)
      if (known) sent.push(known)
      else {
        if (sending.outgoing.kind === 'service') throw errors.QL_MSG_FORWARD()
        const m = await post(tx, room, sending)
        sent.push({ seq: m.seq, dup: false, m })
      }
    }
    return sent
  })
}

interface Source {
  readonly cid: string
  readonly digest: string
  /** Absent when it is not seen any more: then only a repetition is answered. */
  readonly row: MessageTable | undefined
  readonly source: Sight
}

async function sendingOf(
  room: Room,
  senderId: string,
  chatId: string,
  { cid, digest, row, source }: Source,
): Promise<Sending> {
  const seat = await seatOf(room.db.reader, senderId, chatId)
  const media = parsed<Attachment>(row?.media)
  requireSending(seat, media.length > 0)
  const isRight = row !== undefined && row.kind !== 'service'
  if (isRight && media.length > 0) {
    const ids = media.map(({ id }) => id)
    await keepPictures(room.app, usageOf(senderId, cid), ids)
  }
  const outgoing: Outgoing = {
    cid,
    digest,
    kind: isRight ? row.kind : 'service',
    text: row?.text ?? '',
    entities: parsed<Entity>(row?.entities),
    media,
    reply: null,
    forward: row ? await originOf(room, row, source) : null,
    ...(row?.post ? { post: JSON.parse(row.post) } : {}),
  }
  const facts = await factsOf(room, seat, senderId, { entities: [], reply: null })
  const silent = new Set(mentionedIn(outgoing.entities))
  return { chatId, outgoing, ...facts, mentioned: facts.mentioned.filter((id) => !silent.has(id)) }
}

async function originOf(room: Room, row: MessageTable, { chat }: Sight): Promise<KeptForward> {
  if (row.forward !== null) return JSON.parse(row.forward) as KeptForward
  const isOpen = isPublic(chat)
  const way = { chat: isOpen ? chat.id : null, seq: isOpen ? row.seq : null }
  const date = timeOf(row.at_ms)
  const by = row.sender_id === null ? {} : { by: row.sender_id }
  if (chat.type === 'channel') return { name: chat.title, userId: null, ...way, date, ...by }
  const { displayName, id, deleted } = await room.people.withId(row.sender_id ?? '')
  if (deleted) return { name: '', userId: null, ...way, date, deleted }
  return { name: displayName, userId: id, ...way, date, ...by }
}

function parsed<Item>(text: string | null | undefined): Item[] {
  return text ? (JSON.parse(text) as Item[]) : []
}
