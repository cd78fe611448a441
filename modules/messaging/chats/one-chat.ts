import { errors } from '../errors.ts'
import { isPublic } from '../policy.ts'
import { presentChat, type OneChat, presentOutside } from './present-chat.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { chatOf, seatIn } from '../members/seats.ts'

/** A chat as somebody has it, or as it looks from outside. @throws QL_MSG_NOT_FOUND */
export async function oneChat(room: Room, userId: string, chatId: string): Promise<OneChat> {
  const { reader } = room.db
  const own = await seatIn(reader, userId, chatId)
  if (own?.state === 'in') return presentChat(room, reader, own)
  const chat = await chatOf(reader, chatId)
  if (!isPublic(chat) || own?.is_banned === 1) throw errors.QL_MSG_NOT_FOUND()
  return { chat: await presentOutside(reader, chat), people: [] }
}

/** @throws QL_MSG_NOT_FOUND */
export async function publicChat(room: Room, userId: string, slug: string): Promise<OneChat> {
  const [chat] = await select<{ id: string }>(
    room.db.reader,
    'select id from messaging_chats where slug = ? and deleted_ms is null',
    [slug.toLowerCase()],
  )
  if (!chat) throw errors.QL_MSG_NOT_FOUND()
  return oneChat(room, userId, chat.id)
}
