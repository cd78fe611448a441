/** A code is good in its own half minute and in the ones beside it, for clocks that differ. */
const STEP_MS = 30_000
const WINDOW = 1
const ISSUER_MAX = 64

/** What an authenticator app is given. */
export interface AuthenticatorSecret {
  /** Base32, 160 bits. */
  readonly secret: string
  /** `otpauth://totp/…`, the text of the QR code. */
  readonly uri: string
}

/* The library is needed by few requests, so it is loaded with the first of them. */
const library = () => import('otpauth')

export async function newAuthenticatorSecret(
  issuer: string,
  account: string,
): Promise<AuthenticatorSecret> {
  const { Secret } = await library()
  const secret = new Secret({ size: 20 }).base32
  return { secret, uri: await authenticatorUri(secret, issuer, account) }
}

export async function authenticatorUri(
  secret: string,
  issuer: string,
  account: string,
): Promise<string> {
  const { TOTP } = await library()
  return new TOTP({ issuer: issuer.slice(0, ISSUER_MAX), label: account, secret }).toString()
}

/**
 * The step (half minutes since 1970, RFC 6238) a code belongs to; null when it fits none of the three
 * that are good now.
 */
export async function stepOfCode(code: string, secret: string, now: Date): Promise<number | null> {
  const { TOTP } = await library()
  const delta = new TOTP({ secret }).validate({
    token: code,
    timestamp: now.getTime(),
    window: WINDOW,
  })
  return delta === null ? null : Math.floor(now.getTime() / STEP_MS) + delta
}

/** Six digits, however they were grouped; null when it is something else. */
export function sixDigits(text: string): string | null {
  const digits = text.replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
