import { errors } from '../errors.ts'
import { presentOutside } from '../chats/present-chat.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Chat } from '../schema.ts'
import { type Seat, seatIn } from './seats.ts'
import type { ChatTable, InviteTable, Reader } from '../tables.ts'

/** Of `messaging_invites i`, with the milliseconds of now: the link lets people in. */
export const LETS_IN = `i.revoked_ms is null and (i.expires_ms is null or i.expires_ms > ?)
  and (i.max_uses is null or i.uses < i.max_uses)`

/**
 * How somebody stands before a link that lets people in. `gone`: there is none, or it was taken
 * back. Of a chat nothing is told to who cannot come in.
 */
export type Invited =
  | { readonly is: 'gone' | 'expired' | 'used-up' | 'banned' }
  | {
      /** `asks`: an admin lets people in one by one. `waits`: has asked, and nobody has decided. */
      readonly is: 'in' | 'open' | 'asks' | 'waits'
      readonly chat: ChatTable
      readonly invite: InviteTable
    }

export interface InvitedQuestion {
  /** null for a stranger, who is told the same as somebody new. */
  readonly userId: string | null
  readonly token: string
  readonly nowMs: number
}

export async function invited(
  db: Reader,
  { userId, token, nowMs }: InvitedQuestion,
): Promise<Invited> {
  const [invite] = await select<InviteTable>(
    db,
    'select * from messaging_invites where token = ?',
    [token],
  )
  const chat = invite && (await liveChat(db, invite.chat_id))
  if (!invite || !chat) return { is: 'gone' }
  const own = userId === null ? undefined : await seatIn(db, userId, chat.id)
  return standingAt({ chat, invite }, own, nowMs)
}

function standingAt(
  door: { readonly chat: ChatTable; readonly invite: InviteTable },
  own: Seat | undefined,
  nowMs: number,
): Invited {
  const { invite } = door
  if (own?.state === 'in') return { is: 'in', ...door }
  if (own?.is_banned === 1) return { is: 'banned' }
  const asks = invite.approval === 1
  if (own?.state === 'requested' && asks) return { is: 'waits', ...door }
  const end = endOf(invite, nowMs)
  return end === undefined ? { is: asks ? 'asks' : 'open', ...door } : { is: end }
}

/** Why a link lets nobody in any more, if so. */
function endOf(
  { revoked_ms, expires_ms, max_uses, uses }: InviteTable,
  nowMs: number,
): 'gone' | 'expired' | 'used-up' | undefined {
  if (revoked_ms !== null) return 'gone'
  if (expires_ms !== null && expires_ms <= nowMs) return 'expired'
  return max_uses !== null && uses >= max_uses ? 'used-up' : undefined
}

/** What an invitation leads to. @throws QL_MSG_INVITE_GONE, QL_MSG_BANNED */
export async function lookAtInvite(
  room: Room,
  userId: string,
  token: string,
): Promise<{ chat: Chat; isMember: boolean; approval: boolean }> {
  const { reader } = room.db
  const standing = await invited(reader, { userId, token, nowMs: room.clock.nowMs() })
  if (standing.is === 'banned') throw errors.QL_MSG_BANNED()
  if (!('chat' in standing)) throw errors.QL_MSG_INVITE_GONE()
  const { is, chat, invite } = standing
  const seen = await presentOutside(reader, chat)
  return { chat: seen, isMember: is === 'in', approval: invite.approval === 1 }
}

export async function liveChat(db: Reader, chatId: string): Promise<ChatTable | undefined> {
  const [chat] = await select<ChatTable>(
    db,
    'select * from messaging_chats where id = ? and deleted_ms is null',
    [chatId],
  )
  return chat
}
