import { recordEvent, tellChat } from '../log/chat-log.ts'
import { requireHeard } from './editing.ts'
import { errors } from '../errors.ts'
import { canPin } from '../policy.ts'
import { pinsOf } from '../chats/present-chat.ts'
import type { Room } from '../room.ts'
import { peopleIn } from './history.ts'
import { presentMessages } from './present-message.ts'
import { places, select } from './prepared.ts'
import type { Message, Person } from '../schema.ts'
import { appendService } from './service-messages.ts'
import { seatOf } from '../members/seats.ts'
import { SEEN, seenBy, seenMessage, sightOf, sightOfSeat, viewOfAll } from '../members/sight.ts'
import type { MessageTable, Tx } from '../tables.ts'

const MAX_PINS = 100

/**
 * Pins a message for everybody, or takes the pin out; once more changes nothing.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_TOO_MANY.
 */
export async function setPin(
  room: Room,
  actorId: string,
  chatId: string,
  { seq, pinned }: { readonly seq: number; readonly pinned: boolean },
): Promise<number[]> {
  await requireHeard(room, await seatOf(room.db.reader, actorId, chatId))
  const actor = await room.people.withId(actorId)
  return room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    const { kind } = await seenMessage(tx.db, sightOfSeat(own), seq)
    if (!canPin(own) || kind === 'service') throw errors.QL_MSG_NOT_ALLOWED()
    const before = await pinsOf(tx.db, viewOfAll(chatId))
    if (before.includes(seq) === pinned) return pinsOf(tx.db, sightOfSeat(own))
    if (pinned && before.length >= MAX_PINS) {
      throw errors.QL_MSG_TOO_MANY({ values: { max: MAX_PINS } })
    }
    if (pinned) {
      const at_ms = room.clock.nowMs()
      await tx.db.insertInto('messaging_pins').values({ chat_id: chatId, seq, at_ms }).execute()
    } else {
      await tx.db
        .deleteFrom('messaging_pins')
        .where('chat_id', '=', chatId)
        .where('seq', '=', seq)
        .execute()
    }
    await tellPins(tx, room, chatId, actorId)
    if (pinned && own.type === 'group') {
      await appendService(tx, room, chatId, actor, { what: 'pinned', text: String(seq) })
    }
    return pinsOf(tx.db, sightOfSeat(own))
  })
}

export async function tellPins(
  tx: Tx,
  room: Room,
  chatId: string,
  actorId: string | null,
): Promise<void> {
  const atMs = room.clock.nowMs()
  const place = await recordEvent(tx, chatId, { kind: 'msg.pin', actorId, atMs })
  const pinnedSeqs = await pinsOf(tx.db, viewOfAll(chatId))
  await tellChat(tx, place, { k: 'msg.pin', chat: chatId, ev: place.ev, pinnedSeqs })
}

export interface PinnedMessages {
  /** The newest first. */
  readonly items: readonly Message[]
  readonly people: readonly Person[]
}

/** What is pinned in a chat, as somebody sees it; all of it. @throws QL_MSG_NOT_FOUND */
export async function pinnedMessages(
  room: Room,
  userId: string,
  chatId: string,
): Promise<PinnedMessages> {
  const { reader } = room.db
  const sight = await sightOf(reader, userId, chatId)
  const seqs = await pinsOf(reader, sight)
  if (seqs.length === 0) return { items: [], people: [] }
  const rows = await select<MessageTable>(
    reader,
    `select m.* from messaging_messages m where ${SEEN} and m.seq in (${places(seqs)})
     order by m.seq desc`,
    [...seenBy(sight), ...seqs],
  )
  const items = await presentMessages(reader, rows, userId)
  return { items, people: await peopleIn(room, items) }
}
