import { countUnread } from './counts.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Seat } from '../members/seats.ts'

/** More than that in one large chat are as good as that many. */
const MANY = 1_000
const HEARD = `join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
  where m.user_id = ? and m.state = 'in' and m.archived = 0 and m.is_hidden = 0
    and (m.muted_ms is null or m.muted_ms <= ?)`

/** Unread messages of all chats that are not muted; one for a chat that was marked by hand. */
export async function waitingFor({ db, clock }: Room, userId: string): Promise<number> {
  const now = clock.nowMs()
  const [row] = await select<{ waiting: number | string | null }>(
    db.reader,
    `select sum(case when unread > 0 then unread else marked_unread end) as waiting
     from messaging_members m ${HEARD} and c.fanout = 'write'`,
    [userId, now],
  )
  const large = await select<Seat>(
    db.reader,
    `select c.*, m.* from messaging_members m ${HEARD} and c.fanout = 'read'
       and (c.seq > m.read_seq or m.marked_unread = 1)`,
    [userId, now],
  )
  let waiting = Number(row?.waiting ?? 0)
  for (const seat of large) {
    waiting += (await countUnread(db.reader, seat, { most: MANY })) || seat.marked_unread
  }
  return waiting
}
