import { tellChatAnew, tellPlainly, touchesOf } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { leaveChat } from '../members/members.ts'
import type { Room } from '../room.ts'
import { memberIds, peerOf, seatOf } from '../members/seats.ts'
import type { ChatTable, Tx } from '../tables.ts'

/** For oneself: out of the list, and what was said is gone from one's own view. */
export async function deleteChat(
  room: Room,
  actorId: string,
  chatId: string,
  whose: 'me' | 'all',
): Promise<void> {
  const own = await seatOf(room.db.reader, actorId, chatId)
  const isShared = own.type === 'group' || own.type === 'channel'
  if (whose === 'me' && isShared) return leaveChat(room, actorId, chatId)
  if (whose === 'all') return deleteForAll(room, actorId, chatId)
  await room.db.transaction((tx) => clear(tx, actorId, chatId, true))
}

/** What was said until now is gone from one's own view; the chat stays. */
export async function clearChat(room: Room, userId: string, chatId: string): Promise<void> {
  await room.db.transaction((tx) => clear(tx, userId, chatId, false))
}

async function clear(tx: Tx, userId: string, chatId: string, isHidden: boolean): Promise<void> {
  const own = await seatOf(tx.db, userId, chatId)
  await tx.db
    .updateTable('messaging_members')
    .set({
      cleared_seq: own.seq,
      own_cleared_seq: own.seq,
      unread: 0,
      mentions: 0,
      marked_unread: 0,
    })
    .set(isHidden ? { is_hidden: 1, pin_pos: null, archived: 0 } : {})
    .where('chat_id', '=', chatId)
    .where('user_id', '=', userId)
    .execute()
  await tx.withdrawNotifications(`chat/${chatId}/${userId}`)
  if (isHidden) {
    await tellPlainly(tx, [userId], { k: 'chat.gone', chat: chatId, reason: 'deleted' })
  } else await tellChatAnew(tx, [userId], chatId)
}

/** Private chats by either of the two, the others by their owner. Texts are wiped within the hour; see `wiping.ts`. */
async function deleteForAll(room: Room, actorId: string, chatId: string): Promise<void> {
  await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const mayDelete = peerOf(own, actorId) !== null || own.role === 'owner' || own.type === 'saved'
    if (!mayDelete) throw errors.QL_MSG_NOT_ALLOWED()
    await destroyChat(tx, room, own, actorId)
  })
}

export async function destroyChat(
  tx: Tx,
  room: Room,
  chat: ChatTable,
  actorId: string | null,
): Promise<void> {
  const ids = await memberIds(tx.db, chat.id)
  await tx.db
    .updateTable('messaging_chats')
    .set({ deleted_ms: room.clock.nowMs(), slug: null, pair_key: null, blog_of: null })
    .where('id', '=', chat.id)
    .execute()
  tx.leaveTopic(chat.id, ids)
  await tellPlainly(tx, ids, { k: 'chat.gone', chat: chat.id, reason: 'deleted' })
  for (const userId of ids) await tx.withdrawNotifications(`chat/${chat.id}/${userId}`)
  const touches = [...touchesOf(chat), ...(chat.blog_of ? [`user/${chat.blog_of}`] : [])]
  const options = { subject: `chat/${chat.id}`, actor: actorId, touches }
  await tx.publish('chat.updated', { chatId: chat.id, chatType: chat.type, deleted: true }, options)
}
