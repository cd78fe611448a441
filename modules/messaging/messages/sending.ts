import { type EventPlace, tellChat, tellChatAnew, touchesOf, writeEvent } from '../log/chat-log.ts'
import { clearDraft } from '../reading/drafts.ts'
import { errors } from '../errors.ts'
import { raiseUnread } from './hearers.ts'
import type { Outgoing, Sending, Sent } from './outgoing.ts'
import { aboutOf, type Answered, presentMessage, presentNew } from './present-message.ts'
import { change, select } from './prepared.ts'
import { isLinked } from '../previews/is-linked.ts'
import type { Room } from '../room.ts'
import { makeFindable } from '../search/findable.ts'
import type { Attachment, Message } from '../schema.ts'
import type { MessageTable, Reader, Tx } from '../tables.ts'

/* Whoever writes has read what stands before. */
const NEXT = `update messaging_chats set seq = seq + 1, ev = ev + 1,
    second_read_seq = case when ? = '' or top_reader = ? then second_read_seq else top_read_seq end,
    top_read_seq = case when ? = '' then top_read_seq else seq + 1 end,
    top_reader = case when ? = '' then top_reader else ? end,
    last_ms = case when last_ms >= ? then last_ms + 1 else ? end
  where id = ? and deleted_ms is null
  returning id, ev, seq, last_ms, type, fanout, members, slug`
const INSERT = `insert into messaging_messages (chat_id, seq, sender_id, cid, digest, at_ms, edited_ms,
    ver, kind, text, entities, media, reply, forward, preview, service, post, views, deleted_ms)
  values (?, ?, ?, ?, ?, ?, null, 1, ?, ?, ?, ?, ?, ?, null, ?, ?, 0, null)`
/**
 * A message its sender has sent before, whatever has become of it since.
 *
 * @throws QL_MSG_CID_CONFLICT when it was another message.
 */
export async function findSent(
  db: Reader,
  senderId: string,
  { cid, digest }: Pick<Outgoing, 'cid' | 'digest'>,
): Promise<Sent | null> {
  const [row] = await select<MessageTable>(
    db,
    'select * from messaging_messages where sender_id = ? and cid = ?',
    [senderId, cid],
  )
  if (!row) return null
  if (row.digest !== digest) throw errors.QL_MSG_CID_CONFLICT()
  return { seq: row.seq, dup: true, m: await presentMessage(db, row, senderId) }
}

/**
 * Takes the next number for a message; whoever writes in the chat waits for one another here.
 *
 * @param writer who says it; null where the chat itself speaks.
 */
export async function nextMessage(
  tx: Tx,
  chatId: string,
  nowMs: number,
  writer: string | null,
): Promise<NewPlace> {
  const by = writer ?? ''
  const [place] = await change<NewPlace>(tx, NEXT, [by, by, by, by, by, nowMs, nowMs, chatId])
  if (!place) throw errors.QL_MSG_NOT_FOUND()
  return place
}

export type NewPlace = EventPlace & { readonly last_ms: number }

/**
 * Writes a message beside all that follows from it: the chat's log, what is unread, everybody's
 * update log and the event. All of it is committed together or not at all.
 */
export async function append(
  tx: Tx,
  room: Room,
  place: NewPlace,
  sending: Sending,
): Promise<Message> {
  const { outgoing, sender } = sending
  const row = rowOf(place, sending)
  await insert(tx, row)
  await makeFindable(tx.db, row)
  const at = { seq: row.seq, actorId: row.sender_id, atMs: row.at_ms }
  await writeEvent(tx, place.id, place.ev, { kind: 'msg.new', ...at })
  await tellNewcomers(tx, place, sending.shunnedBy)
  const hearers = await raiseUnread(tx, place, sending, { row, sentMs: room.clock.nowMs() })
  const about = aboutOf(row)
  const answered = about ? await answeredIn(tx, place.id, about.seq) : undefined
  const m = presentNew(row, answered)
  const people = sender ? { people: [sender] } : {}
  const update = { k: 'msg.new', chat: place.id, ev: place.ev, m, ...people } as const
  await tellChat(tx, place, update, hearers)
  if (row.sender_id !== null && row.kind === 'text') {
    await clearDraft(tx, row.sender_id, place.id, sending.draftVer)
  }
  const { kind, seq } = row
  await tx.publish(
    'message.sent',
    {
      chatId: place.id,
      chatType: place.type,
      seq,
      senderId: row.sender_id,
      kind,
      mentions: [...sending.mentioned],
      ...(outgoing.service ? { what: outgoing.service.what } : {}),
    },
    { subject: `chat/${place.id}`, actor: row.sender_id, touches: touchesOf(place) },
  )
  /* A card that is passed on shows a post as a link does. */
  const isPassedOn = kind === 'post' && outgoing.forward !== null
  if (isPassedOn || (kind === 'text' && isLinked(room, row.text, outgoing.entities))) {
    const linked = { chatId: place.id, chatType: place.type, seq }
    await tx.publish('message.linked', linked, { subject: `chat/${place.id}` })
  }
  return m
}

function rowOf(place: NewPlace, { sender, outgoing }: Sending): MessageTable {
  const { cid, digest, kind, text, entities, media, reply, forward, service, post } = outgoing
  return {
    chat_id: place.id,
    seq: place.seq,
    sender_id: sender?.id ?? null,
    cid,
    digest,
    at_ms: place.last_ms,
    edited_ms: null,
    ver: 1,
    kind,
    text,
    entities: entities.length > 0 ? JSON.stringify(entities) : null,
    media: media.length > 0 ? JSON.stringify(media) : null,
    reply: reply && JSON.stringify(reply),
    forward: forward && JSON.stringify(forward),
    preview: null,
    service: service ? JSON.stringify(service) : null,
    post: post ? JSON.stringify(post) : null,
    views: 0,
    deleted_ms: null,
  }
}

async function insert(tx: Tx, row: MessageTable): Promise<void> {
  await tx.session.run(INSERT, [
    row.chat_id,
    row.seq,
    row.sender_id,
    row.cid,
    row.digest,
    row.at_ms,
    row.kind,
    row.text,
    row.entities,
    row.media,
    row.reply,
    row.forward,
    row.service,
    row.post,
  ])
  if (row.media === null) return
  for (const { id } of JSON.parse(row.media) as Attachment[]) {
    await tx.db
      .insertInto('messaging_attachments')
      .values({ media_id: id, chat_id: row.chat_id, seq: row.seq })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Who has not seen this private chat in their list until now hears of the chat first. */
async function tellNewcomers(
  tx: Tx,
  { id, type }: NewPlace,
  shunnedBy: ReadonlySet<string>,
): Promise<void> {
  if (type !== 'private') return
  const rows = await select<{ user_id: string }>(
    tx.db,
    `select user_id from messaging_members where chat_id = ? and state = 'in' and is_hidden = 1`,
    [id],
  )
  const ids = rows.map((row) => row.user_id).filter((userId) => !shunnedBy.has(userId))
  await tellChatAnew(tx, ids, id)
}

async function answeredIn(tx: Tx, chatId: string, seq: number) {
  const [row] = await select<Answered>(
    tx.db,
    `select sender_id, text, entities, media, post from messaging_messages
     where chat_id = ? and seq = ? and deleted_ms is null`,
    [chatId, seq],
  )
  return row
}
