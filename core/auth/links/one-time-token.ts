import { createHash, randomBytes } from 'node:crypto'

const TOKEN = /^[\w-]{43}$/

/** A secret that is sent to one person, and what the database keeps of it. */
export interface OneTimeToken {
  /** 256 bits, in 43 characters that need no escaping in an address. */
  readonly token: string
  readonly hash: string
}

export function newToken(): OneTimeToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: digestOf(token) }
}

/** Under which digest a token would be kept; '' (which nothing has) for what cannot be one. */
export function hashOfToken(token: string): string {
  return TOKEN.test(token) ? digestOf(token) : ''
}

/** A plain digest is enough: nobody guesses 256 random bits. */
function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
