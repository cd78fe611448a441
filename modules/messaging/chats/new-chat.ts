import { createChat } from './chats.ts'
import { oneChat } from './one-chat.ts'
import type { OneChat } from './present-chat.ts'
import { openPrivate, openSaved } from './private-chats.ts'
import type { Room } from '../room.ts'
import type { ChatType } from '../schema.ts'

interface NewChat {
  readonly type: ChatType
  readonly title?: string
  readonly about?: string
  readonly slug?: string
  readonly members?: readonly string[]
}

/**
 * A group or channel is made; the private chat with a person and saved messages are there once, and
 * are made when they are first needed. @throws the codes of `createChat` and `openPrivate`.
 */
export async function makeChat(
  room: Room,
  userId: string,
  { type, title = '', members = [], ...rest }: NewChat,
): Promise<OneChat & { readonly isNew: boolean }> {
  if (type === 'group' || type === 'channel') {
    const chatId = await createChat(room, userId, { type, title, members, ...rest })
    return { ...(await oneChat(room, userId, chatId)), isNew: true }
  }
  const [name] = members
  const isSaved = type === 'saved' || name === undefined
  const opened = isSaved ? await openSaved(room, userId) : await openPrivate(room, userId, name)
  return { ...(await oneChat(room, userId, opened.chatId)), isNew: opened.isNew }
}
