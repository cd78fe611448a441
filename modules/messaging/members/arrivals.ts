import { errors } from '../errors.ts'
import { MOST_OF_A_SMALL_CHAT } from '../chats/large-chats.ts'
import { change } from '../messages/prepared.ts'
import { withdrawRequest } from './request-notices.ts'
import type { Person, Rights, Role } from '../schema.ts'
import { memberIds, seatIn } from './seats.ts'
import type { ChatTable, MemberTable, Tx } from '../tables.ts'

/** How somebody comes in. */
export interface Arrival {
  readonly person: Person
  readonly role?: Role
  readonly rights?: Rights | null
  /** 1: the chat is not in their list until somebody writes. */
  readonly isHidden?: boolean
}

/** Puts somebody into a chat; once more changes nothing. @returns whether they are new. */
export async function seat(
  tx: Tx,
  chatId: string,
  arrival: Arrival,
  nowMs: number,
): Promise<boolean> {
  await holdDoor(tx, chatId)
  const before = await seatIn(tx.db, arrival.person.id, chatId)
  if (before?.state === 'in') return false
  await takeSeat(tx, chatId, before, arrival, nowMs)
  return true
}

/** For who is not in, while the door is held; `before` is what they have had of the chat. */
export async function takeSeat(
  tx: Tx,
  chatId: string,
  before: MemberTable | undefined,
  { person, role = 'member', rights = null, isHidden = false }: Arrival,
  nowMs: number,
): Promise<void> {
  const size = await resize(tx, chatId, 1)
  const { seq } = size
  const fresh: MemberTable = {
    chat_id: chatId,
    user_id: person.id,
    role,
    state: 'in',
    is_banned: 0,
    rights: rights && JSON.stringify(rights),
    joined_ms: nowMs,
    joined_seq: seq,
    read_seq: seq,
    unread: 0,
    mentions: 0,
    marked_unread: 0,
    muted_ms: null,
    archived: 0,
    pin_pos: null,
    ...viewOf(before, size),
    is_hidden: isHidden ? 1 : 0,
    sent_ms: before?.sent_ms ?? null,
    told_seq: seq,
    told_ms: 0,
  }
  const { chat_id: _chat, user_id: _user, ...values } = fresh
  await tx.db
    .insertInto('messaging_members')
    .values(fresh)
    .onConflict((conflict) => conflict.columns(['chat_id', 'user_id']).doUpdateSet(values))
    .execute()
  if (size.fanout === 'read') tx.joinTopics([person.id])
  await withdrawRequest(tx, before)
}

/** What they have cleared stays so; the rest is as the group has it now. */
function viewOf(
  before: MemberTable | undefined,
  { seq, history_hidden }: Size,
): Pick<MemberTable, 'cleared_seq' | 'own_cleared_seq'> {
  const own_cleared_seq = before?.own_cleared_seq ?? 0
  return { own_cleared_seq, cleared_seq: history_hidden === 1 ? seq : own_cleared_seq }
}

/**
 * What a stranger may look at from outside is kept from no member either: who came while the history
 * was hidden sees all of it from now on, but for what they have cleared themselves.
 *
 * @returns who they are.
 */
export async function showHistory(tx: Tx, chatId: string): Promise<string[]> {
  const rows = await change<{ user_id: string }>(
    tx,
    `update messaging_members set cleared_seq = own_cleared_seq
     where chat_id = ? and state = 'in' and cleared_seq > own_cleared_seq returning user_id`,
    [chatId],
  )
  return rows.map(({ user_id }) => user_id)
}

/**
 * Until the commit nobody else comes, goes or writes: the chat's row first, as whoever writes takes it, and then
 * what is asked of its members.
 */
export async function holdDoor(tx: Tx, chatId: string): Promise<void> {
  await change(tx, 'update messaging_chats set members = members where id = ? returning id', [
    chatId,
  ])
}

type Size = Pick<ChatTable, 'members' | 'fanout' | 'seq' | 'history_hidden'>

/** Counts members, and lets sockets follow the chat itself once there are too many. */
export async function resize(tx: Tx, chatId: string, by: 1 | -1): Promise<Size> {
  const [row] = await change<Size>(
    tx,
    `update messaging_chats set members = members + ? where id = ?
     returning members, fanout, seq, history_hidden`,
    [by, chatId],
  )
  if (!row) throw errors.QL_MSG_NOT_FOUND()
  if (row.fanout === 'read' || row.members <= MOST_OF_A_SMALL_CHAT) return row
  await change(tx, `update messaging_chats set fanout = 'read' where id = ? returning id`, [chatId])
  tx.joinTopics(await memberIds(tx.db, chatId))
  return { ...row, fanout: 'read' }
}
