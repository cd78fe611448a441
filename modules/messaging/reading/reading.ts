import { type Hearer, tellPeople } from '../log/chat-log.ts'
import { countMentions, countsOf, countUnread } from './counts.ts'
import { change } from '../messages/prepared.ts'
import { noteReading } from './receipts.ts'
import type { Room } from '../room.ts'
import { type Seat, seatOf } from '../members/seats.ts'
import { sightOf } from '../members/sight.ts'
import type { Tx } from '../tables.ts'
import type { Counts } from '../log/updates.ts'

/** Everything up to `seq` is read; what was read stays so. @throws QL_MSG_NOT_FOUND */
export async function markRead(
  room: Room,
  userId: string,
  chatId: string,
  seq: number,
): Promise<Counts> {
  return room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, userId, chatId)
    const target = Math.max(own.read_seq, Math.min(seq, own.seq))
    const isNews = target > own.read_seq || own.marked_unread === 1
    if (!isNews) return countsOf(tx.db, own)
    /* The chat's row before the seat's, as whoever writes takes them. */
    const { seq: shown, senders } = await noteReading(tx, own, target)
    const me = await recount(tx, { ...own, read_seq: target })
    const self: Hearer = { userId, me }
    const update = { k: 'read', chat: chatId, user: userId } as const
    const reference = { chat: chatId, read: userId }
    await tellPeople(tx, [self], { ...update, seq: target }, { ...reference, seq: target })
    const others = senders.map((id) => ({ userId: id }))
    await tellPeople(tx, others, { ...update, seq: shown }, { ...reference, seq: shown })
    await tx.withdrawNotifications(`chat/${chatId}/${userId}`)
    return me
  })
}

/** Counts anew and keeps what is unread behind the seat's position. */
export async function recount(tx: Tx, seat: Seat): Promise<Counts> {
  const unread = await countUnread(tx.db, seat)
  const mentions = await countMentions(tx.db, seat)
  await change(
    tx,
    `update messaging_members set read_seq = ?, unread = ?, mentions = ?, marked_unread = 0
     where chat_id = ? and user_id = ? returning user_id`,
    [seat.read_seq, unread, mentions, seat.chat_id, seat.user_id],
  )
  return { unread, mentions, readSeq: seat.read_seq }
}

/** Posts of a channel somebody has had before their eyes; each counts once. */
export async function countViews(
  room: Room,
  userId: string,
  chatId: string,
  seqs: readonly number[],
): Promise<{ seq: number; views: number }[]> {
  const { chat } = await sightOf(room.db.reader, userId, chatId)
  if (chat.type !== 'channel') return []
  return room.db.transaction(async (tx) => {
    const counted: { seq: number; views: number }[] = []
    for (const seq of new Set(seqs)) {
      const { numInsertedOrUpdatedRows } = await tx.db
        .insertInto('messaging_views')
        .values({ chat_id: chatId, seq, user_id: userId })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      const by = Number(numInsertedOrUpdatedRows ?? 0)
      const [row] = await change<{ views: number }>(
        tx,
        `update messaging_messages set views = views + ?
         where chat_id = ? and seq = ? and deleted_ms is null returning views`,
        [by, chatId, seq],
      )
      if (row) counted.push({ seq, views: row.views })
    }
    return counted
  })
}
