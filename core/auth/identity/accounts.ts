import type { NewIdentity, PreparedIdentity } from './identity.ts'
import { newId } from '../../ids.ts'
import { canonicalEmail } from './email.ts'
import { authErrors, refusalOf, type WrongField } from '../errors.ts'
import type { Identities } from './identities.ts'
import { lookOf } from './lookalikes.ts'
import type { PasswordHasher } from '../password/password-hasher.ts'
import { passwordFault } from '../password/password.ts'
import { canonicalUsername, usernameFault } from './username.ts'

/** Turns what a form says into an account that can be inserted. */
export class Accounts {
  readonly #identities: Identities
  readonly #hasher: PasswordHasher
  readonly #stationName: string

  constructor(identities: Identities, hasher: PasswordHasher, stationName: string) {
    this.#identities = identities
    this.#hasher = hasher
    this.#stationName = stationName
  }

  /**
   * See `Auth.prepare`. Nothing is hashed for an account that would be refused; whether the address
   * is taken is not looked at where a letter to it will tell.
   */
  async prepare(
    input: NewIdentity,
    { hidesEmail = false }: { readonly hidesEmail?: boolean } = {},
  ): Promise<PreparedIdentity> {
    const username = canonicalUsername(input.username)
    const email = canonicalEmail(input.email)
    const role = input.role ?? 'member'
    const context = [username, email?.split('@')[0] ?? '', this.#stationName]
    const faults = {
      '/username': await this.#usernameFault(username),
      '/email': await this.#emailFault(email, hidesEmail),
      '/password': passwordFault(input.password, { role, context }),
    }
    const [first, ...others] = Object.entries(faults).flatMap(([path, error]): WrongField[] =>
      error ? [{ path, error }] : [],
    )
    if (first) throw refusalOf([first, ...others])
    if (email === null) throw authErrors.QL_AUTH_EMAIL_INVALID()
    const password = await this.#hasher.hash(input.password)
    return { id: newId(), username, email, role, ...password }
  }

  async isUsernameFree(input: string): Promise<boolean> {
    return (await this.#usernameFault(canonicalUsername(input))) === null
  }

  async #usernameFault(username: string): Promise<WrongField['error'] | null> {
    const fault = usernameFault(username)
    if (fault) return fault
    if (await this.#identities.isTaken('username', username)) {
      return authErrors.QL_AUTH_USERNAME_TAKEN()
    }
    const isSimilar = await this.#identities.isTaken('look', lookOf(username))
    return isSimilar ? authErrors.QL_AUTH_USERNAME_SIMILAR() : null
  }

  async #emailFault(email: string | null, isHidden: boolean): Promise<WrongField['error'] | null> {
    if (email === null) return authErrors.QL_AUTH_EMAIL_INVALID()
    if (isHidden) return null
    const isTaken = await this.#identities.isTaken('email', email)
    return isTaken ? authErrors.QL_AUTH_EMAIL_TAKEN() : null
  }
}
