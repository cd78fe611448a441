import { type Actor, type Locale, Type } from '#core'
import { isUnavailable } from '../people.ts'
import type { Room } from '../room.ts'
import { peerOf, seatOf } from '../members/seats.ts'

const closed = { additionalProperties: false } as const

/** What stands beside a chat for one person, and belongs to other modules. */
export const Beside = Type.Object(
  {
    /** Whether this person blocks the other of a private chat; null where nobody can. */
    blocks: Type.Union([Type.Boolean(), Type.Null()]),
    links: Type.Array(
      Type.Object({ href: Type.String(), icon: Type.String(), label: Type.String() }, closed),
    ),
  },
  closed,
)

type Beside = { blocks: boolean | null; links: { href: string; icon: string; label: string }[] }

/** @throws QL_MSG_NOT_FOUND */
export async function besideChat(
  room: Room,
  actor: Actor,
  locale: Locale,
  chatId: string,
): Promise<Beside> {
  const seat = await seatOf(room.db.reader, actor.id, chatId)
  const peerId = peerOf(seat, actor.id)
  const blocks = peerId === null ? null : await isBlocking(room, actor.id, peerId)
  if (seat.type === 'saved') return { blocks, links: [] }
  const peer = peerId === null ? undefined : await room.people.withId(peerId)
  if (peer?.deleted) return { blocks: null, links: [] }
  /* Staff cannot look into a chat: of a private one the person is what can be judged. */
  const subject = peer ? `user/${peer.id}` : `chat/${chatId}`
  const path = peer ? `/user/${peer.username}` : `/chats/${chatId}`
  const owner = seat.role === 'owner' ? { ownerId: actor.id } : {}
  const context = { actor, locale, subject, path, ...owner }
  const parts = await room.app.slotParts('chat.sidebar', context)
  const links = parts.flatMap(({ link }) => (link ? [link] : []))
  return { blocks, links: links.map(({ href, icon, label }) => ({ href, icon, label })) }
}

/** null while no module knows of blocks. */
async function isBlocking({ app }: Room, userId: string, peerId: string): Promise<boolean | null> {
  try {
    const answer: unknown = await app.call('relations.between', { userId, otherIds: [peerId] })
    const [standing] = Array.isArray(answer) ? (answer as unknown[]) : []
    return Object(standing).blocks === true
  } catch (error) {
    if (isUnavailable(error)) return null
    throw error
  }
}
