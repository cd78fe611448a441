import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link in a letter may do: end letters of one kind to one person, and nothing else. */
export interface Unsubscription {
  readonly userId: string
  readonly kind: string
}

const FORM = /^([0-9a-f-]{36})\.([a-z][a-z.-]{0,80})\.([A-Za-z0-9_-]{43})$/

/** Needs no sign-in and never runs out: old letters must be able to stop new ones. */
export function unsubscribeToken(key: string, { userId, kind }: Unsubscription): string {
  return `${userId}.${kind}.${sealOf(key, userId, kind)}`
}

/** @returns null for a token that this station has not made for this purpose. */
export function readUnsubscribeToken(key: string, token: string): Unsubscription | null {
  const [, userId, kind, seal] = FORM.exec(token) ?? []
  if (userId === undefined || kind === undefined || seal === undefined) return null
  const right = Buffer.from(sealOf(key, userId, kind))
  return timingSafeEqual(right, Buffer.from(seal)) ? { userId, kind } : null
}

function sealOf(key: string, userId: string, kind: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(`unsubscribe\0${userId}\0${kind}`)
    .digest('base64url')
}
