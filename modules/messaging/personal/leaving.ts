import { destroyChat } from '../chat-endings.ts'
import { unseat } from '../members.ts'
import { select } from '../prepared.ts'
import type { Room } from '../room.ts'
import type { Seat } from '../seats.ts'
import type { Tx } from '../tables.ts'

/**
 * Nobody is left without an owner: the first admin, else the first member, takes the place. What
 * has nobody else in it ends, and so do saved messages.
 */
export async function leaveChats(room: Room, userId: string): Promise<void> {
  const seats = await select<Seat>(
    room.db.reader,
    `select c.*, m.* from messaging_members m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.user_id = ? and m.state = 'in'`,
    [userId],
  )
  const person = await room.people.withId(userId)
  for (const seat of seats) {
    await room.db.transaction(async (tx) => {
      if (seat.type === 'saved') return destroyChat(tx, room, seat, null)
      if (seat.type === 'private') return
      const heir = seat.role === 'owner' ? await heirOf(tx, seat) : undefined
      if (seat.role === 'owner' && heir === undefined) return destroyChat(tx, room, seat, null)
      if (heir !== undefined) {
        await tx.db
          .updateTable('messaging_members')
          .set({ role: 'owner', rights: null })
          .where('chat_id', '=', seat.id)
          .where('user_id', '=', heir)
          .execute()
      }
      await unseat(tx, room, seat, { person, by: person, state: 'left', isBanned: false })
    })
  }
}

async function heirOf(tx: Tx, { id, user_id }: Seat): Promise<string | undefined> {
  const [row] = await select<{ user_id: string }>(
    tx.db,
    `select user_id from messaging_members where chat_id = ? and state = 'in' and user_id <> ?
     order by case role when 'admin' then 0 else 1 end, joined_ms, user_id limit 1`,
    [id, user_id],
  )
  return row?.user_id
}
