import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import type { Clock } from '../../app.ts'
import type { Actor } from '../../port/requests.ts'
import type { Secrets, SigningKey } from '../keys/secrets.ts'

export const ACCESS_TOKEN_S = 600

/** A retired key verifies what it has signed, and what a station signed that has not heard of it. */
const RETIREMENT_S = ACCESS_TOKEN_S + 60
const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const MAX_TOKEN = 1_024
const MAX_KEPT = 2_000

/** What a verified token says. It names a session; only the session's row gives any right. */
export interface Claims {
  readonly userId: string
  readonly sessionId: string
  /** Unix seconds */
  readonly expires: number
}

/**
 * Access tokens: JWT (RFC 7519, 9068) signed with Ed25519 by the newest key of the station's own
 * keyring and verified against all of it.
 */
export class AccessTokens {
  readonly #issuer: string
  readonly #audience: string
  readonly #secrets: Pick<Secrets, 'signingKeys'>
  readonly #clock: Clock
  /** Made of the keys as they were when it was made. */
  #keyring: Keyring
  readonly #kept = new Map<string, Claims>()

  constructor(secrets: Pick<Secrets, 'stationId' | 'signingKeys'>, clock: Clock) {
    this.#issuer = `urn:quark:station:${secrets.stationId}`
    this.#audience = `${this.#issuer}:api`
    this.#secrets = secrets
    this.#clock = clock
    this.#keyring = keyringOf(secrets.signingKeys)
  }

  async sign(actor: Actor): Promise<{ accessToken: string; expiresAt: string }> {
    const { signer } = this.#keys()
    const issued = this.#now()
    const expires = issued + ACCESS_TOKEN_S
    const claims = {
      iss: this.#issuer,
      aud: this.#audience,
      sub: actor.id,
      sid: actor.sessionId,
      role: actor.role,
      iat: issued,
      exp: expires,
    }
    const accessToken = await new SignJWT(claims)
      .setProtectedHeader(headerOf(signer))
      .sign(signer.privateKey)
    return { accessToken, expiresAt: new Date(expires * 1000).toISOString() }
  }

  /**
   * The claims of a valid token, otherwise null. Verifying costs a tenth of a millisecond, so tokens
   * found good are remembered until they expire, by a digest of their whole text.
   */
  async verify(token: string): Promise<Claims | null> {
    if (token.length > MAX_TOKEN) return null
    const digest = createHash('sha256').update(token).digest('base64')
    const kept = this.#kept.get(digest)
    if (kept) return kept.expires > this.#now() ? kept : null
    const claims = await this.#verified(token)
    if (claims) this.#keep(digest, claims)
    return claims
  }

  async #verified(token: string): Promise<Claims | null> {
    const [header = '', payload = '', signature = ''] = token.split('.')
    const key = this.#keys().verifiers.get(header)
    /* Other spellings of the same bytes, and claims given twice, are not what the station wrote. */
    if (!key || !isCanonical(signature)) return null
    try {
      const verified = await jwtVerify(token, key.publicKey, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.#issuer,
        audience: this.#audience,
        requiredClaims: ['iat', 'exp'],
        currentDate: this.#clock.now(),
      })
      const { sub, sid, exp } = verified.payload
      const isOurs = encoded(verified.payload) === payload
      if (!isOurs || sub === undefined || exp === undefined || typeof sid !== 'string') return null
      return exp > key.lastExpiry ? null : { userId: sub, sessionId: sid, expires: exp }
    } catch {
      /* Whatever is wrong with it, the answer is the same. */
      return null
    }
  }

  #keys(): Keyring {
    const { signingKeys } = this.#secrets
    if (signingKeys !== this.#keyring.of) this.#keyring = keyringOf(signingKeys)
    return this.#keyring
  }

  #keep(digest: string, claims: Claims): void {
    if (this.#kept.size >= MAX_KEPT) {
      const [oldest] = this.#kept.keys()
      if (oldest !== undefined) this.#kept.delete(oldest)
    }
    this.#kept.set(digest, claims)
  }

  #now(): number {
    return Math.floor(this.#clock.now().getTime() / 1000)
  }
}

interface Keyring {
  readonly of: readonly SigningKey[]
  readonly signer: SigningKey
  /** Every header this station ever writes, to the byte, and the key that belongs to it. */
  readonly verifiers: ReadonlyMap<string, Verifier>
}

interface Verifier {
  readonly publicKey: KeyObject
  /** Unix seconds: a token that lives longer was not signed by the station. */
  readonly lastExpiry: number
}

function keyringOf(keys: readonly SigningKey[]): Keyring {
  const signer = keys.at(-1)
  if (!signer) throw new Error('The station has no signing key')
  const verifiers = keys.map((key): [string, Verifier] => [
    encoded(headerOf(key)),
    {
      publicKey: createPublicKey({ key: key.privateKey.export({ format: 'jwk' }), format: 'jwk' }),
      lastExpiry:
        key.retiredAt === undefined
          ? Number.POSITIVE_INFINITY
          : Math.floor(Date.parse(key.retiredAt) / 1000) + RETIREMENT_S,
    },
  ])
  return { of: keys, signer, verifiers: new Map(verifiers) }
}

function headerOf(key: SigningKey): { alg: string; typ: string; kid: string } {
  return { alg: ALGORITHM, typ: TYPE, kid: key.kid }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function isCanonical(base64url: string): boolean {
  return Buffer.from(base64url, 'base64url').toString('base64url') === base64url
}
