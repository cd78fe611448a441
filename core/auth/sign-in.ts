import { canonicalEmail } from './email.ts'
import { authErrors } from './errors.ts'
import type { Credentials, Identities } from './identities.ts'
import type { Client, Identity, SecurityEvent } from './index.ts'
import type { LoginThrottle } from './login-throttle.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { isImpossiblePassword } from './password.ts'
import { canonicalUsername } from './username.ts'

export interface SignInParts {
  readonly identities: Identities
  readonly hasher: PasswordHasher
  /** Absent: nobody is limited. */
  readonly throttle: LoginThrottle | undefined
  readonly report: (event: SecurityEvent) => Promise<void>
}

/** Finds out whose login and password these are. */
export class SignIn {
  readonly #identities: Identities
  readonly #hasher: PasswordHasher
  readonly #throttle: LoginThrottle | undefined
  readonly #report: (event: SecurityEvent) => Promise<void>

  constructor({ identities, hasher, throttle, report }: SignInParts) {
    this.#identities = identities
    this.#hasher = hasher
    this.#throttle = throttle
    this.#report = report
  }

  /** See `Auth.verifyLogin`. */
  async verify(login: string, password: string, { ip }: Client): Promise<Identity> {
    const name = canonicalLogin(login)
    await this.#limit(name, ip)
    const credentials = await this.#identities.credentials(
      name.includes('@') ? 'email' : 'username',
      name,
    )
    const isRight = await this.#fits(password, credentials)
    if (!credentials || !isRight) {
      await this.#report({ type: 'login.refused', ip, ...subjectOf(credentials) })
      throw authErrors.QL_AUTH_WRONG_CREDENTIALS()
    }
    this.#throttle?.succeed(name, ip)
    const { identity } = credentials
    if (identity.status === 'blocked') throw authErrors.QL_AUTH_BLOCKED()
    if (this.#hasher.isOutdated(credentials.password)) await this.#rehash(password, credentials)
    return identity
  }

  /** The same work whether or not there is such an account. */
  async #fits(password: string, credentials: Credentials | null): Promise<boolean> {
    if (isImpossiblePassword(password)) return false
    if (!credentials || credentials.identity.status === 'deleted') {
      return this.#hasher.pretend(password)
    }
    return this.#hasher.matches(password, credentials.password)
  }

  async #rehash(password: string, { identity, password: old }: Credentials): Promise<void> {
    await this.#identities.replaceHash(identity.id, old, await this.#hasher.hash(password))
  }

  async #limit(name: string, ip: string): Promise<void> {
    const retryAfterS = this.#throttle?.attempt(name, ip) ?? 0
    if (retryAfterS === 0) return
    await this.#report({ type: 'login.limited', ip })
    throw authErrors.QL_AUTH_TOO_MANY_ATTEMPTS({
      retryAfterS,
      values: { minutes: Math.ceil(retryAfterS / 60) },
    })
  }
}

function canonicalLogin(login: string): string {
  const name = canonicalUsername(login)
  return name.includes('@') ? (canonicalEmail(name) ?? name) : name
}

function subjectOf(credentials: Credentials | null): { userId?: string } {
  return credentials ? { userId: credentials.identity.id } : {}
}
