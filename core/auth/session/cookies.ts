import type { CookieChange } from '../../port/requests.ts'
import { DEVICE_S } from '../sign-in/devices.ts'
import type { OpenSession } from './session.ts'
import { ACCESS_TOKEN_S } from './tokens.ts'

/** A browser forgets the session as the station does: thirty days after it was last renewed. */
const REFRESH_S = 30 * 24 * 60 * 60

export interface SessionCookieNames {
  readonly access: string
  readonly refresh: string
  /** Tells a browser a person has signed in from; stays when they sign out. */
  readonly device: string
  /** Between the page with the password and the one with the code. */
  readonly step: string
}

/** Browsers hold `__Host-` cookies to https, the whole host and no domain; http cannot have them. */
export function sessionCookieNames(isSecure: boolean): SessionCookieNames {
  const prefix = isSecure ? '__Host-' : ''
  return {
    access: `${prefix}quark-access`,
    refresh: `${prefix}quark-refresh`,
    device: `${prefix}quark-device`,
    step: `${prefix}quark-step`,
  }
}

/** Finds either cookie in a `Cookie` header. */
export function sessionCookiePattern(names: SessionCookieNames): RegExp {
  return new RegExp(`(?:^|;\\s*)(?:${names.access}|${names.refresh})=`)
}

export function sessionCookies(
  names: SessionCookieNames,
  session: OpenSession,
  accessToken: string,
  now: Date,
): readonly CookieChange[] {
  const leftS = Math.floor((Date.parse(session.endsAt) - now.getTime()) / 1000)
  const { device } = session
  return [
    { name: names.access, value: accessToken, maxAgeS: ACCESS_TOKEN_S },
    { name: names.refresh, value: session.refreshToken, maxAgeS: Math.min(REFRESH_S, leftS) },
    ...(device === undefined ? [] : [{ name: names.device, value: device, maxAgeS: DEVICE_S }]),
  ]
}

export function farewellCookies(names: SessionCookieNames): readonly CookieChange[] {
  return [
    { name: names.access, value: null },
    { name: names.refresh, value: null },
  ]
}

/** Whether a browser brings a session, be it alive or not. */
export function bringsSession(
  pattern: RegExp,
  cookies: Readonly<Record<string, string | undefined>>,
): boolean {
  return Object.keys(cookies).some((name) => pattern.test(`${name}=`))
}
