import { tellOpenPages } from '../log/chat-log.ts'
import { canSend } from '../policy.ts'
import type { Room } from '../room.ts'
import { memberIds, peerOf, seatOf } from '../members/seats.ts'

/** In larger chats somebody is always typing. */
const MAX_MEMBERS = 200

export type TypingKind = 'text' | 'voice' | 'file' | 'stop'

/** Tells the others' open pages; nobody keeps it. @throws QL_MSG_NOT_FOUND */
export async function signalTyping(
  room: Room,
  userId: string,
  chatId: string,
  what: TypingKind,
): Promise<void> {
  const { reader } = room.db
  const own = await seatOf(reader, userId, chatId)
  if (own.type === 'channel' || own.type === 'saved' || !canSend(own)) return
  if (own.members > MAX_MEMBERS) return
  const peer = peerOf(own, userId)
  if (peer !== null) {
    const { blocks, blockedBy } = await room.people.standing(userId, peer)
    if (blocks || blockedBy) return
  }
  const others = (await memberIds(reader, chatId)).filter((id) => id !== userId)
  tellOpenPages(room, others, { k: 'typing', chat: chatId, user: userId, what })
}
