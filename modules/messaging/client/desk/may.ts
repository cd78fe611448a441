import { EDIT_HOURS } from '../../text/limits.ts'
import type { Chat, Message, Rights } from '../protocol/dto.ts'

const READERS_TOLD_MS = 7 * 24 * 3_600_000

/** Who looks, and when by the station's clock. */
export interface Looker {
  readonly self: string
  readonly nowMs: number
}

function hasRight({ me }: Chat, right: keyof Rights): boolean {
  return me?.state === 'in' && (me.role === 'owner' || (me.role === 'admin' && me.rights[right]))
}

function isIn({ me }: Chat): boolean {
  return me?.state === 'in'
}

export function mayPin(chat: Chat): boolean {
  if (chat.type === 'private' || chat.type === 'saved') return isIn(chat)
  return hasRight(chat, 'pin') || (isIn(chat) && chat.type === 'group' && chat.permissions.pin)
}

export function mayWrite(chat: Chat): boolean {
  if (!isIn(chat)) return false
  if (chat.type === 'channel') return hasRight(chat, 'post')
  return chat.type !== 'group' || chat.me?.role !== 'member' || chat.permissions.send
}

export function mayAttach(chat: Chat): boolean {
  return chat.type !== 'group' || chat.permissions.media || chat.me?.role !== 'member'
}

export function mayEdit(chat: Chat, message: Message, { self, nowMs }: Looker): boolean {
  if (message.kind !== 'text' || message.forward || !isIn(chat)) return false
  if (!isEditable(chat, message, nowMs)) return false
  return message.sender === self || (chat.type === 'channel' && hasRight(chat, 'editOthers'))
}

/** For a while; in a channel and in saved messages always. */
function isEditable({ type }: Chat, { date }: Message, nowMs: number): boolean {
  if (type === 'channel' || type === 'saved') return true
  return nowMs - Date.parse(date) <= EDIT_HOURS * 3_600_000
}

export function mayDeleteForAll(chat: Chat, message: Message, self: string): boolean {
  if (!isIn(chat)) return false
  return message.sender === self || hasRight(chat, 'deleteOthers')
}

/** Who has reacted; in a channel its admins alone know who reads. */
export function mayKnowWho(chat: Chat): boolean {
  return isIn(chat) && (chat.type !== 'channel' || chat.me?.role !== 'member')
}

/** Who has read what oneself has said: in a small group, for a week. */
export function mayKnowReaders(chat: Chat, message: Message, { self, nowMs }: Looker): boolean {
  const isSmall = chat.type === 'group' && !chat.large && isIn(chat)
  const isRecent = nowMs - Date.parse(message.date) <= READERS_TOLD_MS
  return isSmall && message.sender === self && message.kind === 'text' && isRecent
}

export function mayInvite(chat: Chat): boolean {
  return (
    hasRight(chat, 'invite') || (isIn(chat) && chat.type === 'group' && chat.permissions.invite)
  )
}

/** Links that let people in, and who comes by them, are for admins. */
export function mayLetIn(chat: Chat): boolean {
  return (chat.type === 'group' || chat.type === 'channel') && hasRight(chat, 'invite')
}

export function mayChangeInfo(chat: Chat): boolean {
  if (chat.type === 'private' || chat.type === 'saved') return false
  return (
    hasRight(chat, 'changeInfo') ||
    (isIn(chat) && chat.type === 'group' && chat.permissions.changeInfo)
  )
}

export function mayBan(chat: Chat): boolean {
  return hasRight(chat, 'ban')
}

type Role = NonNullable<Chat['me']>['role']

function isOwner({ me }: Chat): boolean {
  return me?.state === 'in' && me.role === 'owner'
}

/** Whether somebody of this role may be made an admin by who looks. */
export function mayAppoint(chat: Chat, role: Role): boolean {
  return role === 'member' && hasRight(chat, 'promote')
}

/** Rights of admins are the owner's to change and to take. */
export function maySetRights(chat: Chat, role: Role): boolean {
  return role === 'admin' && isOwner(chat)
}

export function mayHandOver(chat: Chat, role: Role): boolean {
  return role !== 'owner' && isOwner(chat)
}

export function maySendAway(chat: Chat, role: Role): boolean {
  if (isOwner(chat)) return role !== 'owner'
  return role === 'member' && mayBan(chat)
}

/** Who reads a channel only its admins know. */
export function maySeePeople({ type, me }: Chat): boolean {
  return type === 'group' || (type === 'channel' && me?.state === 'in' && me.role !== 'member')
}
