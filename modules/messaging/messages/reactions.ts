import { type EventPlace, recordEvent, tellChat, tellPeople, tellPlainly } from '../log/chat-log.ts'
import { requireHeard } from './editing.ts'
import { errors } from '../errors.ts'
import { reactionsOf } from './present-message.ts'
import type { Room } from '../room.ts'
import type { Reaction } from '../schema.ts'
import { memberIds, seatOf } from '../members/seats.ts'
import { seenMessage, sightOfSeat } from '../members/sight.ts'
import type { Tx } from '../tables.ts'

const EMOJI = /^\p{RGI_Emoji}$/v

/**
 * One reaction per person and message; null takes it back.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_EMOJI.
 */
export async function react(
  room: Room,
  userId: string,
  chatId: string,
  { seq, emoji }: { readonly seq: number; readonly emoji: string | null },
): Promise<Reaction[]> {
  if (emoji !== null && !EMOJI.test(emoji)) throw errors.QL_MSG_EMOJI()
  await requireHeard(room, await seatOf(room.db.reader, userId, chatId))
  return room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, userId, chatId)
    const { kind } = await seenMessage(tx.db, sightOfSeat(own), seq)
    if (kind === 'service') throw errors.QL_MSG_NOT_ALLOWED()
    const atMs = room.clock.nowMs()
    const isNew = await setReaction(tx, { chat_id: chatId, seq, user_id: userId }, emoji, atMs)
    if (isNew) {
      const data = { user: userId, emoji }
      const event = { kind: 'msg.react', seq, actorId: userId, atMs, data } as const
      const place = await recordEvent(tx, chatId, event)
      await tell(tx, place, { seq, user: userId, emoji })
    }
    return (await reactionsOf(tx.db, chatId, [seq], userId)).get(seq) ?? []
  })
}

/** Readers of a channel do not know of one another: only one's own devices hear who it was. */
async function tell(
  tx: Tx,
  place: EventPlace,
  given: { readonly seq: number; readonly user: string; readonly emoji: string | null },
): Promise<void> {
  const { id: chat, ev, fanout, type } = place
  const { seq, user, emoji } = given
  const reactions = await countsOf(tx, chat, seq)
  const named = { k: 'msg.react', chat, ev, seq, reactions, user, emoji } as const
  if (type !== 'channel') return tellChat(tx, place, named)
  const nameless = { ...named, user: '', emoji: null }
  if (fanout === 'read') {
    await tellChat(tx, place, nameless)
    const { ev: _shared, ...own } = named
    return tellPlainly(tx, [user], own)
  }
  const others = (await memberIds(tx.db, chat)).filter((id) => id !== user)
  await tellChat(
    tx,
    place,
    nameless,
    others.map((userId) => ({ userId })),
  )
  return tellPeople(tx, [{ userId: user }], named, { chat, ev })
}

/** What everybody may be told of the reactions to a message. */
export async function countsOf(
  { db }: Pick<Tx, 'db'>,
  chatId: string,
  seq: number,
): Promise<{ emoji: string; count: number }[]> {
  const found = (await reactionsOf(db, chatId, [seq], null)).get(seq) ?? []
  return found.map(({ emoji, count }) => ({ emoji, count }))
}

async function setReaction(
  { db }: Tx,
  key: { readonly chat_id: string; readonly seq: number; readonly user_id: string },
  emoji: string | null,
  at_ms: number,
): Promise<boolean> {
  const before = await db
    .selectFrom('messaging_reactions')
    .select('emoji')
    .where('chat_id', '=', key.chat_id)
    .where('seq', '=', key.seq)
    .where('user_id', '=', key.user_id)
    .executeTakeFirst()
  if ((before?.emoji ?? null) === emoji) return false
  if (emoji === null) {
    await db
      .deleteFrom('messaging_reactions')
      .where('chat_id', '=', key.chat_id)
      .where('seq', '=', key.seq)
      .where('user_id', '=', key.user_id)
      .execute()
    return true
  }
  await db
    .insertInto('messaging_reactions')
    .values({ ...key, emoji, at_ms })
    .onConflict((conflict) =>
      conflict.columns(['chat_id', 'seq', 'user_id']).doUpdateSet({ emoji, at_ms }),
    )
    .execute()
  return true
}
