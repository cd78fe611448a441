import type { CookieChange, ModuleRequest, PageResult } from '#core'

const COOKIE = 'quark-link'
const LIFETIME_S = 1_800
/** As long as a token; what is longer is none. */
const MAX_TOKEN = 64

/**
 * A letter's link has been opened: its token moves out of the address, where histories, logs and
 * other pages would learn it, into a cookie that its form brings along. null when the address holds
 * none, because it has moved already.
 */
export function openedLink(request: ModuleRequest, path: string): PageResult | null {
  const token = request.query['token']
  if (token === undefined) return null
  const value = token.slice(0, MAX_TOKEN).replaceAll(/[^\w-]/g, '')
  const cookies = [{ name: COOKIE, value, maxAgeS: LIFETIME_S }]
  return { kind: 'redirect', to: path, cookies, isSecret: true }
}

/** The token of the link that this browser has opened; '' without one. */
export function linkToken({ cookies }: ModuleRequest): string {
  return cookies[COOKIE] ?? ''
}

/** The link has done what it was for. */
export const linkUsed: readonly CookieChange[] = [{ name: COOKIE, value: null }]
