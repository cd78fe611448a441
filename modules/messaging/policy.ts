import type { Permissions, Rights } from './schema.ts'
import type { Seat } from './members/seats.ts'
import type { MessageTable } from './tables.ts'
import { EDIT_HOURS } from './text/limits.ts'

export const ALL_RIGHTS: Rights = {
  changeInfo: true,
  post: true,
  editOthers: true,
  deleteOthers: true,
  invite: true,
  pin: true,
  ban: true,
  promote: true,
}
export const NO_RIGHTS: Rights = {
  changeInfo: false,
  post: false,
  editOthers: false,
  deleteOthers: false,
  invite: false,
  pin: false,
  ban: false,
  promote: false,
}
/** What a new admin may: everything but making admins. */
export const USUAL_RIGHTS: Rights = { ...ALL_RIGHTS, promote: false }
export const GROUP_PERMISSIONS: Permissions = {
  send: true,
  media: true,
  invite: true,
  pin: false,
  changeInfo: false,
}
export const CHANNEL_PERMISSIONS: Permissions = {
  send: false,
  media: false,
  invite: false,
  pin: false,
  changeInfo: false,
}

type Place = Pick<Seat, 'type' | 'role' | 'rights' | 'permissions'>

export function rightsOf({ role, rights }: Pick<Seat, 'role' | 'rights'>): Rights {
  if (role === 'owner') return ALL_RIGHTS
  if (role === 'member' || rights === null) return NO_RIGHTS
  return { ...NO_RIGHTS, ...(JSON.parse(rights) as Partial<Rights>) }
}

export function permissionsOf({ permissions }: Pick<Seat, 'permissions'>): Permissions {
  return JSON.parse(permissions) as Permissions
}

function isShared({ type }: Pick<Seat, 'type'>): boolean {
  return type === 'group' || type === 'channel'
}

/** As an admin with this right, or as a member whom all are allowed it. */
function may(place: Place, right: keyof Rights, permission: keyof Permissions): boolean {
  if (!isShared(place)) return true
  return rightsOf(place)[right] || (place.type === 'group' && permissionsOf(place)[permission])
}

/** In a group every admin may write; in a channel those who post. */
export function canSend(place: Place): boolean {
  if (place.type === 'group' && place.role !== 'member') return true
  return may(place, 'post', 'send')
}

export function canSendMedia(place: Place): boolean {
  if (!canSend(place)) return false
  if (place.type === 'group' && place.role !== 'member') return true
  return may(place, 'post', 'media')
}

export function canPin(place: Place): boolean {
  return may(place, 'pin', 'pin')
}

export function canInvite(place: Place): boolean {
  return isShared(place) && may(place, 'invite', 'invite')
}

export function canChangeInfo(place: Place): boolean {
  return isShared(place) && may(place, 'changeInfo', 'changeInfo')
}

/** Permissions, slow mode and the address are for admins alone. */
export function canGovern(place: Place): boolean {
  return isShared(place) && rightsOf(place).changeInfo
}

export function canRemove(place: Place, other: Pick<Seat, 'role'>): boolean {
  if (!isShared(place) || other.role === 'owner') return false
  return place.role === 'owner' || (other.role === 'member' && rightsOf(place).ban)
}

export function canPromote(place: Place): boolean {
  return isShared(place) && rightsOf(place).promote
}

/** What all see of a chat besides its own people: a channel or group with an address. */
export function isPublic({ slug, type }: Pick<Seat, 'slug' | 'type'>): boolean {
  return slug !== null && isShared({ type })
}

export function canEdit(place: Place, message: MessageTable, actorId: string): boolean {
  if (message.kind !== 'text' || message.forward !== null) return false
  if (message.sender_id === actorId) return true
  return place.type === 'channel' && rightsOf(place).editOthers
}

/** Their own words for a while; in a channel and in saved messages always. */
export function isEditable(place: Place, message: MessageTable, nowMs: number): boolean {
  if (place.type === 'channel' || place.type === 'saved') return true
  return nowMs - message.at_ms <= EDIT_HOURS * 3_600_000
}

export function canDeleteForAll(place: Place, message: MessageTable, actorId: string): boolean {
  if (message.sender_id === actorId) return true
  if (place.type === 'saved') return true
  return isShared(place) && rightsOf(place).deleteOthers
}
