import { canonicalEmail } from '../identity/email.ts'
import type { CodeCheck } from './code-check.ts'
import type { Devices } from './devices.ts'
import { authErrors, tooManyAttempts } from '../errors.ts'
import type { Credentials, Identities } from '../identity/identities.ts'
import type { Client } from '../session/session.ts'
import type { Identity } from '../identity/identity.ts'
import type { SecurityEvent } from '../security-event.ts'
import type { Guess, LoginThrottle } from './login-throttle.ts'
import type { PasswordHasher } from '../password/password-hasher.ts'
import { isImpossiblePassword, isShortFor } from '../password/password.ts'
import type { SecondFactorRows } from '../second-factor/second-factors.ts'
import { canonicalUsername } from '../identity/username.ts'

export interface SignInParts {
  readonly identities: Identities
  readonly hasher: PasswordHasher
  readonly factors: SecondFactorRows
  readonly devices: Devices
  readonly codes: CodeCheck
  /** Absent: nobody is limited. */
  readonly throttle: LoginThrottle | undefined
  readonly report: (event: SecurityEvent) => Promise<void>
}

/** Whose password it was, and whether it is enough. */
export interface PasswordStep {
  readonly identity: Identity
  readonly epoch: number
  readonly needsCode: boolean
}

/** Finds out whose login and password these are. */
export class SignIn {
  readonly #parts: SignInParts

  constructor(parts: SignInParts) {
    this.#parts = parts
  }

  /** See `Auth.verifyLogin`. */
  async verify(
    input: { readonly login: string; readonly password: string; readonly code?: string },
    client: Client,
  ): Promise<Identity> {
    const { identity, needsCode } = await this.passwordStep(input, client)
    if (!needsCode) return identity
    if (input.code === undefined || input.code === '') throw authErrors.QL_AUTH_CODE_NEEDED()
    await this.#parts.codes.require(identity.id, input.code, client)
    return identity
  }

  /** The right password alone; a browser that is trusted needs no more. */
  async passwordStep(
    { login, password }: { readonly login: string; readonly password: string },
    client: Client,
  ): Promise<PasswordStep> {
    const name = canonicalLogin(login)
    const credentials = await this.#parts.identities.credentials(
      name.includes('@') ? 'email' : 'username',
      name,
    )
    await this.#requireRight(credentials, name, password, client)
    if (!credentials) throw authErrors.QL_AUTH_WRONG_CREDENTIALS()
    const { identity, epoch } = credentials
    if (identity.status === 'blocked') throw authErrors.QL_AUTH_BLOCKED()
    const { hasher, factors, devices } = this.#parts
    if (hasher.isOutdated(credentials.password)) await this.#rehash(password, credentials)
    const factorSince = await factors.since(identity.id)
    if (factorSince === null) {
      if (isShortFor(identity.role, password)) throw authErrors.QL_AUTH_ROLE_PASSWORD()
      return { identity, epoch, needsCode: false }
    }
    const ground = { userId: identity.id, epoch, factorSince }
    return { identity, epoch, needsCode: !(await devices.isTrusted(ground, client.device)) }
  }

  /**
   * Whether it is the password of the person who is signed in.
   *
   * @throws QL_AUTH_PASSWORD_WRONG, QL_AUTH_TOO_MANY_ATTEMPTS, QL_BUSY.
   */
  async requirePassword(userId: string, password: string, client: Client): Promise<void> {
    const credentials = await this.#parts.identities.credentials('id', userId)
    try {
      await this.#requireRight(credentials, userId, password, client)
    } catch (error) {
      const isWrong = error instanceof Error && 'code' in error
      if (isWrong && error.code === 'QL_AUTH_WRONG_CREDENTIALS') {
        throw authErrors.QL_AUTH_PASSWORD_WRONG()
      }
      throw error
    }
  }

  async #requireRight(
    credentials: Credentials | null,
    name: string,
    password: string,
    { ip, device }: Client,
  ): Promise<void> {
    const { devices, throttle, report } = this.#parts
    const userId = credentials?.identity.id
    const known = userId === undefined ? undefined : await devices.known(userId, device)
    const guess: Guess = { account: userId ?? name, ip, knownDevice: known }
    await this.#limit(guess)
    if (await this.#fits(password, credentials)) {
      throttle?.succeed(guess)
      return
    }
    await report({ type: 'login.refused', ip, ...(userId === undefined ? {} : { userId }) })
    throw authErrors.QL_AUTH_WRONG_CREDENTIALS()
  }

  /** The same work whether or not there is such an account. */
  async #fits(password: string, credentials: Credentials | null): Promise<boolean> {
    if (isImpossiblePassword(password)) return false
    const { hasher } = this.#parts
    if (!credentials || credentials.identity.status === 'deleted') return hasher.pretend(password)
    return hasher.matches(password, credentials.password)
  }

  async #rehash(password: string, { identity, password: old }: Credentials): Promise<void> {
    const { identities, hasher } = this.#parts
    await identities.replaceHash(identity.id, old, await hasher.hash(password))
  }

  async #limit(guess: Guess): Promise<void> {
    const retryAfterS = this.#parts.throttle?.attempt(guess) ?? 0
    if (retryAfterS === 0) return
    await this.#parts.report({ type: 'login.limited', ip: guess.ip })
    throw tooManyAttempts(retryAfterS)
  }
}

function canonicalLogin(login: string): string {
  const name = canonicalUsername(login)
  return name.includes('@') ? (canonicalEmail(name) ?? name) : name
}
