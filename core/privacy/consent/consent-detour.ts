import type { Consents } from './consents.ts'

/** Set when a person answers later; they are asked again after a day. */
export const LATER_COOKIE = 'quark-consent-later'

/** Where nobody is interrupted: the texts, taking data along, leaving, signing out. */
const FREE = /^\/(?:consent|legal|auth|settings\/(?:data|deletion|consents))(?:\/|$)/

export interface Passing {
  readonly userId: string
  readonly path: string
  /** With its query. */
  readonly url: string
  readonly cookies: Readonly<Record<string, string | undefined>>
}

/** Whom a changed text still has to be shown to. @returns where to send them, or nothing. */
export async function consentDetour(
  consents: Consents,
  { userId, path, url, cookies }: Passing,
): Promise<string | undefined> {
  if (FREE.test(path) || cookies[LATER_COOKIE] !== undefined) return undefined
  if (!(await consents.isAskedOf(userId))) return undefined
  return `/consent?return=${encodeURIComponent(url)}`
}
