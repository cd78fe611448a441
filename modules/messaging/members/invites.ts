import { randomBytes } from 'node:crypto'
import { holdDoor, seat, takeSeat } from './arrivals.ts'
import { tellChatAnew } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { LETS_IN, liveChat } from './invited.ts'
import { welcome } from './members.ts'
import { isPublic, rightsOf } from '../policy.ts'
import { change, select } from '../messages/prepared.ts'
import { tellOfRequest, withdrawRequest } from './request-notices.ts'
import { type Room, timeOf } from '../room.ts'
import type { Person } from '../schema.ts'
import { chatOf, type Seat, seatIn, seatOf } from './seats.ts'
import type { ChatTable, InviteTable, MemberTable, Reader, Tx } from '../tables.ts'

const TOKEN_BYTES = 16
const MAX_INVITES = 100
const MAX_LISTED = 2 * MAX_INVITES

export interface NewInvite {
  /** ISO 8601; null: for ever. */
  readonly expiresAt?: string | null
  /** Instead: for so long, by the clock of the station. */
  readonly forS?: number | null
  readonly maxUses?: number | null
  /** An admin lets people in one by one. */
  readonly approval?: boolean
}

export interface Invite {
  readonly token: string
  readonly path: string
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly maxUses: number | null
  readonly uses: number
  readonly approval: boolean
}

/** @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED, QL_MSG_TOO_MANY. */
export async function createInvite(
  room: Room,
  actorId: string,
  chatId: string,
  { expiresAt = null, forS = null, maxUses = null, approval = false }: NewInvite,
): Promise<Invite> {
  const nowMs = room.clock.nowMs()
  const untilMs = expiresAt === null ? null : Date.parse(expiresAt)
  const row: InviteTable = {
    token: randomBytes(TOKEN_BYTES).toString('base64url'),
    chat_id: chatId,
    created_by: actorId,
    created_ms: nowMs,
    expires_ms: forS === null ? untilMs : nowMs + forS * 1_000,
    max_uses: maxUses,
    uses: 0,
    approval: approval ? 1 : 0,
    revoked_ms: null,
  }
  await room.db.transaction(async (tx) => {
    requireInviting(await seatOf(tx.db, actorId, chatId))
    const [live] = await select<{ count: number }>(
      tx.db,
      `select count(*) as count from messaging_invites i where i.chat_id = ? and ${LETS_IN}`,
      [chatId, nowMs],
    )
    if (Number(live?.count) >= MAX_INVITES) {
      throw errors.QL_MSG_TOO_MANY({ values: { max: MAX_INVITES } })
    }
    await tx.db.insertInto('messaging_invites').values(row).execute()
  })
  return inviteOf(row)
}

/** Links that have not been taken back, the newest first, at most 200; those that are over among them. @throws QL_MSG_NOT_ALLOWED */
export async function listInvites(
  { db: { reader } }: Room,
  actorId: string,
  chatId: string,
): Promise<Invite[]> {
  requireInviting(await seatOf(reader, actorId, chatId))
  return (await openInvites(reader, chatId)).map(inviteOf)
}

/** @throws QL_MSG_NOT_ALLOWED, QL_MSG_INVITE_GONE. */
export async function revokeInvite(
  room: Room,
  actorId: string,
  chatId: string,
  token: string,
): Promise<void> {
  await room.db.transaction(async (tx) => {
    requireInviting(await seatOf(tx.db, actorId, chatId))
    const revoked = await change(
      tx,
      `update messaging_invites set revoked_ms = ?
       where token = ? and chat_id = ? and revoked_ms is null returning token`,
      [room.clock.nowMs(), token, chatId],
    )
    if (revoked.length === 0) throw errors.QL_MSG_INVITE_GONE()
  })
}

/** What came of wanting to come in. */
export type Joined = { readonly chatId: string } | { readonly requested: true }

/**
 * Comes in by an invitation. The last use is given to one of those who come at once.
 *
 * @throws QL_MSG_INVITE_GONE, QL_MSG_BANNED.
 */
export async function joinByInvite(room: Room, userId: string, token: string): Promise<Joined> {
  const person = await room.people.withId(userId)
  let asked: ChatTable | undefined
  const joined = await room.db.transaction(async (tx): Promise<Joined> => {
    const [known] = await select<Pick<InviteTable, 'chat_id' | 'approval'>>(
      tx.db,
      'select chat_id, approval from messaging_invites where token = ? and revoked_ms is null',
      [token],
    )
    const chat = known && (await liveChat(tx.db, known.chat_id))
    if (!chat) throw errors.QL_MSG_INVITE_GONE()
    await holdDoor(tx, chat.id)
    const before = await seatIn(tx.db, userId, chat.id)
    if (before?.state === 'in') return { chatId: chat.id }
    if (before?.is_banned === 1) throw errors.QL_MSG_BANNED()
    /* Who asks twice has asked once, and takes nobody's place. */
    if (before?.state === 'requested' && known.approval === 1) return { requested: true }
    const [used] = await change<Pick<InviteTable, 'approval'>>(
      tx,
      `update messaging_invites set uses = uses + 1
       where token = ? and revoked_ms is null and (expires_ms is null or expires_ms > ?)
         and (max_uses is null or uses < max_uses) returning approval`,
      [token, room.clock.nowMs()],
    )
    if (!used) throw errors.QL_MSG_INVITE_GONE()
    if (used.approval === 1) asked = chat
    return enter(tx, room, chat, { person, before, asks: used.approval === 1 })
  })
  if (asked) await tellOfRequest(room, asked, person)
  return joined
}

/** Comes into a chat that is open to everybody. @throws QL_MSG_NOT_FOUND, QL_MSG_BANNED. */
export async function joinPublic(room: Room, userId: string, chatId: string): Promise<string> {
  const person = await room.people.withId(userId)
  return room.db.transaction(async (tx) => {
    const chat = await chatOf(tx.db, chatId)
    await holdDoor(tx, chatId)
    const before = await seatIn(tx.db, userId, chatId)
    if (before?.state === 'in') return chatId
    if (!isPublic(chat)) throw errors.QL_MSG_NOT_FOUND()
    if (before?.is_banned === 1) throw errors.QL_MSG_BANNED()
    await enter(tx, room, chat, { person, before, asks: false })
    return chatId
  })
}

interface Comer {
  readonly person: Person
  readonly before: Seat | undefined
  /** An admin decides. */
  readonly asks: boolean
}

/** For who is not in, while the door is held. */
async function enter(
  tx: Tx,
  room: Room,
  chat: ChatTable,
  { person, before, asks }: Comer,
): Promise<Joined> {
  await takeSeat(tx, chat.id, before, { person }, room.clock.nowMs())
  if (!asks) {
    await welcome(tx, room, chat.id, [person], person)
    return { chatId: chat.id }
  }
  await tx.db
    .updateTable('messaging_members')
    .set({ state: 'requested' })
    .where('chat_id', '=', chat.id)
    .where('user_id', '=', person.id)
    .execute()
  await change(tx, 'update messaging_chats set members = members - 1 where id = ? returning id', [
    chat.id,
  ])
  return { requested: true }
}

/**
 * Lets somebody in who has asked, or does not. One of two admins who decide at once does.
 *
 * @throws QL_MSG_NOT_FOUND, QL_MSG_NOT_ALLOWED.
 */
export async function decideRequest(
  room: Room,
  actorId: string,
  chatId: string,
  { userId, accept }: { readonly userId: string; readonly accept: boolean },
): Promise<void> {
  const [by, person] = [await room.people.withId(actorId), await room.people.withId(userId)]
  await room.db.transaction(async (tx) => {
    const own = await seatOf(tx.db, actorId, chatId)
    if (!rightsOf(own).invite) throw errors.QL_MSG_NOT_ALLOWED()
    const [decided] = await change<Pick<MemberTable, 'chat_id' | 'user_id'>>(
      tx,
      `update messaging_members set state = 'left'
       where chat_id = ? and user_id = ? and state = 'requested' returning chat_id, user_id`,
      [chatId, userId],
    )
    if (!decided) throw errors.QL_MSG_NOT_FOUND()
    await withdrawRequest(tx, { ...decided, state: 'requested' })
    if (!accept) return
    await seat(tx, chatId, { person }, room.clock.nowMs())
    await welcome(tx, room, chatId, [person], by)
    await tellChatAnew(tx, [actorId], chatId)
  })
}

function requireInviting(own: Seat): void {
  const isShared = own.type === 'group' || own.type === 'channel'
  if (!isShared || !rightsOf(own).invite) throw errors.QL_MSG_NOT_ALLOWED()
}

function openInvites(db: Reader, chatId: string): Promise<InviteTable[]> {
  return select<InviteTable>(
    db,
    `select * from messaging_invites where chat_id = ? and revoked_ms is null
     order by created_ms desc, token limit ${MAX_LISTED}`,
    [chatId],
  )
}

function inviteOf(row: InviteTable): Invite {
  return {
    token: row.token,
    path: `/join/${row.token}`,
    createdBy: row.created_by,
    createdAt: timeOf(row.created_ms),
    expiresAt: row.expires_ms === null ? null : timeOf(row.expires_ms),
    maxUses: row.max_uses,
    uses: row.uses,
    approval: row.approval === 1,
  }
}
