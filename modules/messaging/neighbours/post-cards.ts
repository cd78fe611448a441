import type { CloudEvent } from '#core'
import { blogChannelOf } from './blog-channel.ts'
import { eraseMessages } from '../messages/deleting.ts'
import { canSend } from '../policy.ts'
import { cardOf, type NamedPost, postAt } from '../previews/found-page.ts'
import { followLinks } from '../previews/post-links.ts'
import { select } from '../messages/prepared.ts'
import { retouch } from '../messages/retouching.ts'
import type { Room } from '../room.ts'
import { seatIn } from '../members/seats.ts'
import { append, nextMessage } from '../messages/sending.ts'
import { digestOf, type Outgoing } from '../messages/outgoing.ts'
import type { CardTable, MessageTable, Tx } from '../tables.ts'

/** What is dated back further is no news: posts that move in, old diaries. */
const NEWS_MS = 24 * 3_600_000

/** In place of a number: whoever can read the channel cannot read the post just now. */
const NOT_SHOWN = 0
const PUBLISHED = 'post.published'
const DELETED = 'post.deleted'

/** What every event about a post says. */
interface Told {
  readonly id: string
  readonly authorId: string
}

/** Posts of a blog that has a channel stand there as cards, and follow what becomes of them. */
export function followPosts(room: Room): void {
  const { app } = room
  app.onEvent(PUBLISHED, (event) => settle(room, event))
  app.onEvent('post.updated', (event) => settle(room, event))
  app.onEvent('post.unpublished', (event) => settle(room, event))
  app.onEvent(DELETED, (event) => settle(room, event))
}

/**
 * Makes the card what the post is now, whatever the event says: so neither a second delivery nor
 * another order changes anything.
 */
async function settle(room: Room, event: CloudEvent): Promise<void> {
  const { id } = event.data as Told
  const post = await postAt(room, { id })
  if (post === undefined) return
  const isNews = event.type === PUBLISHED
  await room.db.transaction(async (tx) => {
    const [card] = await select<CardTable>(
      tx.db,
      'select * from messaging_cards where post_id = ?',
      [id],
    )
    if (!post) return holdBack(tx, room, event, card)
    if (card && card.seq !== NOT_SHOWN) return rewriteCard(tx, room, card, post)
    const ageMs = Date.parse(event.time) - Date.parse(post.publishedAt)
    if ((isNews || card) && ageMs < NEWS_MS) await putCard(tx, room, event.id, post)
  })
  await followLinks(room, id, post)
}

/** Nobody else may read the post now. Where it was published so, it is news once they may. */
async function holdBack(
  tx: Tx,
  room: Room,
  { type, data }: CloudEvent,
  card: CardTable | undefined,
): Promise<void> {
  const { id, authorId } = data as Told
  if (card) await takeAway(tx, room, card)
  else if (type === PUBLISHED) {
    const channel = await blogChannelOf(tx.db, authorId)
    if (channel) await note(tx, { post_id: id, chat_id: channel.id, seq: NOT_SHOWN })
  }
  if (type === DELETED) await forget(tx, id)
}

async function note({ db }: Tx, card: CardTable): Promise<void> {
  await db
    .insertInto('messaging_cards')
    .values(card)
    .onConflict((conflict) => conflict.column('post_id').doUpdateSet(card))
    .execute()
}

async function putCard(tx: Tx, room: Room, eventId: string, post: NamedPost): Promise<void> {
  const { authorId } = post
  const channel = await blogChannelOf(tx.db, authorId)
  const seat = channel && (await seatIn(tx.db, authorId, channel.id))
  if (!seat || seat.state !== 'in' || !canSend(seat)) return
  const sender = await room.people.withId(authorId)
  const place = await nextMessage(tx, seat.id, room.clock.nowMs(), null)
  const cid = `post:${eventId}`
  const outgoing: Outgoing = {
    cid,
    digest: digestOf([cid]),
    kind: 'post',
    text: '',
    entities: [],
    media: [],
    reply: null,
    forward: null,
    post: cardOf(post),
  }
  const nobody = { shunnedBy: new Set<string>(), mentioned: [] }
  await append(tx, room, place, { chatId: seat.id, sender, outgoing, ...nobody })
  await note(tx, { post_id: post.id, chat_id: seat.id, seq: place.seq })
}

async function rewriteCard(tx: Tx, room: Room, card: CardTable, post: NamedPost): Promise<void> {
  const row = await shownCard(tx, card)
  const text = JSON.stringify(cardOf(post))
  if (!row || row.post === text) return
  await retouch(tx, room, row, { post: text }, post.authorId)
}

/** It comes back as news with the post, unless somebody has deleted it by hand. */
async function takeAway(tx: Tx, room: Room, card: CardTable): Promise<void> {
  const row = await shownCard(tx, card)
  if (!row) {
    if (card.seq !== NOT_SHOWN) await forget(tx, card.post_id)
    return
  }
  await note(tx, { ...card, seq: NOT_SHOWN })
  await eraseMessages(tx, room, card.chat_id, [row], row.sender_id)
}

async function forget({ db }: Tx, postId: string): Promise<void> {
  await db.deleteFrom('messaging_cards').where('post_id', '=', postId).execute()
}

/** Not one that was deleted by hand, or with its channel. */
async function shownCard(tx: Tx, { chat_id, seq }: CardTable): Promise<MessageTable | undefined> {
  const [row] = await select<MessageTable>(
    tx.db,
    `select m.* from messaging_messages m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.chat_id = ? and m.seq = ? and m.deleted_ms is null`,
    [chat_id, seq],
  )
  return row
}
