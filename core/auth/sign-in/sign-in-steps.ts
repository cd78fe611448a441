import type { Clock } from '../../app.ts'
import type { CookieChange } from '../../port/requests.ts'
import type { CodeCheck } from './code-check.ts'
import { authErrors } from '../errors.ts'
import type { Identities } from '../identity/identities.ts'
import type { Client } from '../session/session.ts'
import type { Identity } from '../identity/identity.ts'
import { seal, unseal } from '../keys/seal.ts'
import type { SignIn } from './sign-in.ts'

const STEP_S = 10 * 60
const PURPOSE = 'sign-in step'

/** Somebody has given the right password and is asked for a code. */
export interface WaitingPerson {
  readonly identity: Identity
  /** Where they wanted to go. */
  readonly returnTo: string
}

/**
 * Signing in page by page. Between the pages a sealed cookie says whose password was right; it is no
 * session, lives for ten minutes, and is worth nothing once the password or the role is another.
 */
export interface SignInSteps {
  /**
   * @returns the person, or the cookie with which a code is asked for.
   * @throws the same as `Auth.verifyLogin`, but for what concerns codes.
   */
  password(
    input: { readonly login: string; readonly password: string; readonly returnTo: string },
    client: Client,
  ): Promise<{ readonly identity: Identity } | { readonly waiting: CookieChange }>
  /** null when nobody waits, or for too long. */
  waiting(cookies: Readonly<Record<string, string>>): Promise<WaitingPerson | null>
  /**
   * Takes the code: six digits, or a recovery code.
   *
   * @throws QL_AUTH_STEP_EXPIRED, QL_AUTH_CODE_WRONG, QL_AUTH_TOO_MANY_ATTEMPTS.
   */
  code(
    cookies: Readonly<Record<string, string>>,
    code: string,
    client: Client,
  ): Promise<WaitingPerson>
  /** Removes the cookie. */
  readonly over: CookieChange
}

interface Step {
  readonly userId: string
  readonly epoch: number
  readonly until: number
  readonly returnTo: string
}

export interface SignInStepParts {
  readonly signIn: SignIn
  readonly codes: CodeCheck
  readonly identities: Identities
  readonly clock: Clock
  readonly key: Buffer
  readonly cookieName: string
}

export class SealedSteps implements SignInSteps {
  readonly over: CookieChange
  readonly #parts: SignInStepParts

  constructor(parts: SignInStepParts) {
    this.#parts = parts
    this.over = { name: parts.cookieName, value: null }
  }

  async password(
    { returnTo, ...input }: { login: string; password: string; returnTo: string },
    client: Client,
  ): Promise<{ readonly identity: Identity } | { readonly waiting: CookieChange }> {
    const { signIn, clock, key, cookieName } = this.#parts
    const { identity, epoch, needsCode } = await signIn.passwordStep(input, client)
    if (!needsCode) return { identity }
    const until = clock.now().getTime() + STEP_S * 1000
    const step: Step = { userId: identity.id, epoch, until, returnTo }
    const value = seal(JSON.stringify(step), PURPOSE, key)
    return { waiting: { name: cookieName, value, maxAgeS: STEP_S } }
  }

  async waiting(cookies: Readonly<Record<string, string>>): Promise<WaitingPerson | null> {
    const { clock, key, cookieName, identities } = this.#parts
    const text = unseal(cookies[cookieName] ?? '', PURPOSE, key)
    if (text === null) return null
    const { userId, epoch, until, returnTo } = JSON.parse(text) as Step
    if (until <= clock.now().getTime()) return null
    const found = await identities.credentials('id', userId)
    const isSame = found?.epoch === epoch && found.identity.status === 'active'
    return found && isSame ? { identity: found.identity, returnTo } : null
  }

  async code(
    cookies: Readonly<Record<string, string>>,
    code: string,
    client: Client,
  ): Promise<WaitingPerson> {
    const person = await this.waiting(cookies)
    if (!person) throw authErrors.QL_AUTH_STEP_EXPIRED()
    await this.#parts.codes.require(person.identity.id, code, client)
    return person
  }
}
