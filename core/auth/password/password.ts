import { createHmac } from 'node:crypto'
import type { Role } from '../../port/requests.ts'
import type { CodedError } from '../../errors.ts'
import { isCommonPassword } from './common-passwords.ts'
import { authErrors } from '../errors.ts'
import type { Pepper } from '../keys/secrets.ts'

/** Names how the text given to bcrypt is made, so that another way can follow. */
export const PASSWORD_SCHEME = 'bcrypt-hmac-sha384-1'

export const MAX_PASSWORD = 256
const MIN_PASSWORD = 8
/** Of who can change everything for everyone and has nothing besides the password. */
const MIN_PRIVILEGED = 15

export function minPassword(role: Role): number {
  return role === 'owner' || role === 'admin' ? MIN_PRIVILEGED : MIN_PASSWORD
}

/** A password that was long enough before its person got the role they have now. */
export function isShortFor(role: Role, password: string): boolean {
  return codePoints(password) < minPassword(role)
}

/**
 * What is wrong with a new password, or null. Lengths are in code points of the NFC form; there are
 * no rules about its composition.
 */
export function passwordFault(
  password: string,
  { role, context }: { readonly role: Role; readonly context: readonly string[] },
): CodedError | null {
  const length = codePoints(password)
  const min = minPassword(role)
  if (length > MAX_PASSWORD) {
    return authErrors.QL_AUTH_PASSWORD_LONG({ values: { max: MAX_PASSWORD } })
  }
  if (length < min) return authErrors.QL_AUTH_PASSWORD_SHORT({ values: { min } })
  return isCommonPassword(password.normalize('NFC'), context)
    ? authErrors.QL_AUTH_PASSWORD_COMMON()
    : null
}

/** A password no account can have, so that no work is spent on it. */
export function isImpossiblePassword(password: string): boolean {
  return password.length === 0 || codePoints(password) > MAX_PASSWORD
}

/**
 * bcrypt ignores what follows the 72nd byte, which is the 36th Cyrillic letter. The MAC makes of
 * any password 64 ASCII characters, and keyed with a pepper from outside the database it makes a
 * stolen table useless by itself (OWASP Password Storage Cheat Sheet, «Pre-Hashing Passwords with
 * bcrypt»).
 */
export function bcryptText(password: string, pepper: Pepper): string {
  return createHmac('sha384', pepper.key).update(password.normalize('NFC')).digest('base64')
}

/** NFC never makes eight units one, so absurd lengths are refused without normalising them. */
function codePoints(password: string): number {
  if (password.length > MAX_PASSWORD * 8) return password.length
  return Array.from(password.normalize('NFC')).length
}
