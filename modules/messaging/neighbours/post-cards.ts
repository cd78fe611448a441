import type { CloudEvent } from '#core'
import { blogChannelOf } from './blog-channel.ts'
import { eraseMessages } from '../messages/deleting.ts'
import { isUnavailable } from '../people.ts'
import { canSend } from '../policy.ts'
import { followLinks } from '../previews/post-links.ts'
import { select } from '../messages/prepared.ts'
import { retouch } from '../messages/retouching.ts'
import type { Room } from '../room.ts'
import type { PostCard } from '../schema.ts'
import { seatIn } from '../members/seats.ts'
import { append, nextMessage } from '../messages/sending.ts'
import { digestOf, type Outgoing } from '../messages/outgoing.ts'
import type { CardTable, MessageTable, Tx } from '../tables.ts'

/** What is dated back further is no news: posts that move in, old diaries. */
const NEWS_MS = 24 * 3_600_000

/** A post as the blog tells of it. */
interface Told extends Omit<PostCard, 'author'> {
  readonly authorId: string
  readonly publishedAt: string
}

/** Posts of a blog that has a channel stand there as cards, and follow what becomes of them. */
export function followPosts(room: Room): void {
  const { app } = room
  app.onEvent('post.published', (event) => settle(room, event, true))
  app.onEvent('post.updated', (event) => settle(room, event, false))
  app.onEvent('post.unpublished', (event) => settle(room, event, false))
  app.onEvent('post.deleted', (event) => settle(room, event, false))
}

/**
 * Makes the card what the post is now, whatever the event says: so neither a second delivery nor
 * another order changes anything.
 */
async function settle(room: Room, event: CloudEvent, isNews: boolean): Promise<void> {
  const { id } = event.data as { readonly id: string }
  const post = await askedOf(room, id)
  if (post === undefined) return
  await room.db.transaction(async (tx) => {
    const [card] = await select<CardTable>(
      tx.db,
      'select * from messaging_cards where post_id = ?',
      [id],
    )
    if (!post) return card && takeAway(tx, room, card)
    if (card) return rewriteCard(tx, room, card, post)
    const ageMs = Date.parse(event.time) - Date.parse(post.publishedAt)
    if (isNews && ageMs < NEWS_MS) await putCard(tx, room, event.id, post)
  })
  await followLinks(room, id, post)
}

/** null when it stands in no list; undefined while there is no blog. */
async function askedOf({ app }: Room, id: string): Promise<Told | null | undefined> {
  try {
    const told: Told | null = await app.call('blog.card', { id })
    return told
  } catch (error) {
    if (isUnavailable(error)) return undefined
    throw error
  }
}

async function putCard(tx: Tx, room: Room, eventId: string, post: Told): Promise<void> {
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
  await tx.db
    .insertInto('messaging_cards')
    .values({ post_id: post.id, chat_id: seat.id, seq: place.seq })
    .execute()
}

function cardOf({ id, url, title, excerpt, cover, authorId }: Told): PostCard {
  return { id, url, title, excerpt, cover, author: authorId }
}

async function rewriteCard(tx: Tx, room: Room, card: CardTable, post: Told): Promise<void> {
  const row = await shownCard(tx, card)
  const text = JSON.stringify(cardOf(post))
  if (!row || row.post === text) return
  await retouch(tx, room, row, { post: text }, post.authorId)
}

/** Published once more it is news again. */
async function takeAway(tx: Tx, room: Room, card: CardTable): Promise<void> {
  await tx.db.deleteFrom('messaging_cards').where('post_id', '=', card.post_id).execute()
  const row = await shownCard(tx, card)
  if (row) await eraseMessages(tx, room, card.chat_id, [row], row.sender_id)
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
