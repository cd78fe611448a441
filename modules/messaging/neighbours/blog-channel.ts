import type { Locale } from '#core'
import { createChat, tellOfChange } from '../chats/chats.ts'
import { errors } from '../errors.ts'
import { isUnavailable } from '../people.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { seatOf } from '../members/seats.ts'
import type { ChatTable, Reader } from '../tables.ts'

const SLUG_END = '-blog'
/** Of a person, in the title of a channel. */
const MAX_NAME = 60

export async function blogChannelOf(db: Reader, userId: string): Promise<ChatTable | undefined> {
  const [chat] = await select<ChatTable>(
    db,
    'select * from messaging_chats where blog_of = ? and deleted_ms is null',
    [userId],
  )
  return chat
}

/** Channels somebody owns: each of them may accompany their blog. */
export function ownChannels(db: Reader, userId: string): Promise<ChatTable[]> {
  return select<ChatTable>(
    db,
    `select c.* from messaging_chats c join messaging_members m on m.chat_id = c.id
     where m.user_id = ? and m.state = 'in' and m.role = 'owner' and c.type = 'channel'
       and c.deleted_ms is null order by c.created_ms, c.id`,
    [userId],
  )
}

/**
 * Which channel posts of this person's blog go to; null: none. What stands there already stays.
 *
 * @throws QL_MSG_NOT_FOUND for what is not a channel of their own.
 */
export async function chooseBlogChannel(
  room: Room,
  userId: string,
  chatId: string | null,
): Promise<void> {
  const actor = await room.people.withId(userId)
  await room.db.transaction(async (tx) => {
    const own = chatId === null ? null : await seatOf(tx.db, userId, chatId)
    if (own && (own.type !== 'channel' || own.role !== 'owner')) throw errors.QL_MSG_NOT_FOUND()
    const before = await blogChannelOf(tx.db, userId)
    if (before?.id === own?.id) return
    const chats = tx.db.updateTable('messaging_chats')
    await chats.set({ blog_of: null }).where('blog_of', '=', userId).execute()
    if (own) await chats.set({ blog_of: userId }).where('id', '=', own.id).execute()
    for (const chat of [before, own]) if (chat) await tellOfChange(tx, room, chat, actor)
  })
}

/**
 * A new channel for somebody's blog, called so in one language, with an address after their name
 * where that one is free.
 */
export async function makeBlogChannelFor(
  room: Room,
  userId: string,
  locale: Locale,
): Promise<void> {
  const { username, displayName } = await room.people.withId(userId)
  const name = displayName.slice(0, MAX_NAME)
  const title = room.app.translator(locale)('messaging.blog.title', { name })
  const order = { type: 'channel', title } as const
  const slug = `${username.toLowerCase()}${SLUG_END}`
  const chatId = await createChat(room, userId, { ...order, slug }).catch((error: unknown) => {
    if (isAboutSlug(error)) return createChat(room, userId, order)
    throw error
  })
  await chooseBlogChannel(room, userId, chatId)
}

function isAboutSlug(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('QL_MSG_SLUG')
}

/** Whether this station has a blog at all. */
export async function hasBlog({ app }: Pick<Room, 'app'>): Promise<boolean> {
  try {
    await app.call('blog.card', { id: 'none' })
    return true
  } catch (error) {
    if (isUnavailable(error)) return false
    throw error
  }
}
