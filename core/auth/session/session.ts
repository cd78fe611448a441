import type { Actor, CookieChange } from '../../port/requests.ts'

/** A session whose row is written, before its tokens are signed. */
export interface OpenSession {
  readonly actor: Actor
  /** Opaque, 256 bits of MAC; used once. */
  readonly refreshToken: string
  /** ISO 8601, UTC: the session ends then however much it is used. */
  readonly endsAt: string
  /** The token by which the browser is known from now on; absent when it only goes on. */
  readonly device?: string
}

/** A begun session: what the API answers, and the cookies that carry it in a browser. */
export interface StartedSession {
  readonly actor: Actor
  /** Ed25519 JWT, ten minutes. */
  readonly accessToken: string
  /** ISO 8601, UTC */
  readonly expiresAt: string
  readonly cookies: readonly CookieChange[]
}

export interface Client {
  readonly ip: string
  readonly userAgent: string
  /** What the cookie of a known browser holds. */
  readonly device?: string | undefined
}

/** Who asks. */
export interface Authentication {
  readonly actor: Actor | null
  /** To be set with the answer: a renewed session, or the removal of a dead one. */
  readonly cookies?: readonly CookieChange[]
}

/** What carries a session in a request. */
export interface SessionProof {
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** The `Authorization` header. With a bearer token in it, cookies are not looked at. */
  readonly authorization?: string | undefined
  readonly client: Client
}
