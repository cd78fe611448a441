import { destroyChat } from '../chats/chat-endings.ts'
import { unseat } from '../members/members.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Seat } from '../members/seats.ts'
import type { Tx } from '../tables.ts'

/**
 * The first admin takes the place of an owner, in a group else the first member. A channel belongs to
 * none of its readers: without an admin it stays for them to read what was said there, and nobody
 * writes any more. What has nobody else in it ends, and so do saved messages, and channels in which
 * nothing is said.
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
      if (heir !== undefined) await makeOwner(tx, seat, heir)
      else if (seat.role === 'owner' && !(await isStillRead(tx, seat))) {
        return destroyChat(tx, room, seat, null)
      }
      await unseat(tx, room, seat, { person, by: person, state: 'left', isBanned: false })
    })
  }
}

async function heirOf(tx: Tx, { id, user_id, type }: Seat): Promise<string | undefined> {
  const [row] = await select<{ user_id: string }>(
    tx.db,
    `select user_id from messaging_members where chat_id = ? and state = 'in' and user_id <> ?
       ${type === 'channel' ? "and role = 'admin'" : ''}
     order by case role when 'admin' then 0 else 1 end, joined_ms, user_id limit 1`,
    [id, user_id],
  )
  return row?.user_id
}

async function makeOwner({ db }: Tx, { id }: Seat, heir: string): Promise<void> {
  await db
    .updateTable('messaging_members')
    .set({ role: 'owner', rights: null })
    .where('chat_id', '=', id)
    .where('user_id', '=', heir)
    .execute()
}

/** A channel that others are in, and in which something is left. */
async function isStillRead(tx: Tx, { id, type, members }: Seat): Promise<boolean> {
  if (type !== 'channel' || members < 2) return false
  const said = await select<{ seq: number }>(
    tx.db,
    `select seq from messaging_messages
     where chat_id = ? and deleted_ms is null and kind <> 'service' limit 1`,
    [id],
  )
  return said.length > 0
}
