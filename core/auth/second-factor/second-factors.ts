import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { TrustGround } from '../sign-in/devices.ts'
import { authErrors } from '../errors.ts'
import type { SecurityEvent } from '../security-event.ts'
import type { Notices } from '../notices.ts'
import {
  type AuthenticatorSecret,
  authenticatorUri,
  newAuthenticatorSecret,
  sixDigits,
  stepOfCode,
} from './one-time-code.ts'
import { RecoveryCodes } from './recovery-codes.ts'
import { seal, unseal } from '../keys/seal.ts'
import type { AuthTables } from '../tables.ts'

/** How long an offered secret waits for its first code. */
const OFFER_MS = 15 * 60_000

export interface FactorState {
  readonly isOn: boolean
  /** ISO 8601, UTC; null while it is off. */
  readonly since: string | null
  readonly recoveryCodesLeft: number
}

/** A secret that is not in force yet. It is kept nowhere but in the ticket, sealed for the person. */
export interface FactorOffer extends AuthenticatorSecret {
  readonly ticket: string
}

/** A second factor: six digits of an authenticator app (TOTP, RFC 6238), and codes on paper. */
export interface SecondFactors {
  stateOf(userId: string): Promise<FactorState>
  /** A new secret to be confirmed with {@link SecondFactors.confirm} within fifteen minutes. */
  offer(person: { readonly id: string; readonly username: string }): Promise<FactorOffer>
  /** The same offer again, for a form that is shown once more; null when it has run out. */
  offerOf(
    person: { readonly id: string; readonly username: string },
    ticket: string,
  ): Promise<FactorOffer | null>
  /**
   * Puts the offered secret in force, in place of another one if there is one, and tells the person.
   *
   * @returns ten recovery codes, which are kept as digests and can be shown only now.
   * @throws QL_AUTH_CODE_WRONG, QL_AUTH_OFFER_EXPIRED.
   */
  confirm(userId: string, proof: { ticket: string; code: string }): Promise<readonly string[]>
  /** Ten others; those before are worth nothing. @throws QL_AUTH_FACTOR_OFF. */
  renewRecoveryCodes(userId: string): Promise<readonly string[]>
  /** Nothing happens when it is off. */
  remove(userId: string): Promise<void>
}

export interface SecondFactorParts {
  readonly database: Database
  readonly clock: Clock
  readonly key: Buffer
  readonly notices: Notices
  readonly stationName: () => string
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

interface Sealed {
  readonly secret: string
  readonly until: number
}

export class SecondFactorRows implements SecondFactors {
  readonly #parts: SecondFactorParts
  readonly #tables: Scope<AuthTables>
  readonly #recovery: RecoveryCodes

  constructor(parts: SecondFactorParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
    this.#recovery = new RecoveryCodes(this.#tables)
  }

  async stateOf(userId: string): Promise<FactorState> {
    const row = await this.#row(userId)
    const since = row?.confirmed_at ?? null
    const recoveryCodesLeft = since === null ? 0 : await this.#recovery.left(userId)
    return { isOn: since !== null, since, recoveryCodesLeft }
  }

  /** When it was confirmed; null while it is off. */
  async since(userId: string): Promise<string | null> {
    return (await this.#row(userId))?.confirmed_at ?? null
  }

  async offer(person: { readonly id: string; readonly username: string }): Promise<FactorOffer> {
    const made = await newAuthenticatorSecret(this.#parts.stationName(), person.username)
    const sealed: Sealed = { secret: made.secret, until: this.#now().getTime() + OFFER_MS }
    const ticket = seal(JSON.stringify(sealed), `offer ${person.id}`, this.#parts.key)
    return { ...made, ticket }
  }

  async offerOf(
    person: { readonly id: string; readonly username: string },
    ticket: string,
  ): Promise<FactorOffer | null> {
    const secret = this.#offered(person.id, ticket)
    if (secret === null) return null
    const uri = await authenticatorUri(secret, this.#parts.stationName(), person.username)
    return { secret, uri, ticket }
  }

  async confirm(
    userId: string,
    { ticket, code }: { ticket: string; code: string },
  ): Promise<readonly string[]> {
    const secret = this.#offered(userId, ticket)
    if (secret === null) throw authErrors.QL_AUTH_OFFER_EXPIRED()
    const step = await this.#step(code, secret)
    if (step === null) throw authErrors.QL_AUTH_CODE_WRONG()
    const wasOn = (await this.since(userId)) !== null
    return this.#parts.database.transaction(async (tx) => {
      if (!(await this.#put(tx, userId, secret, step))) throw authErrors.QL_AUTH_CODE_WRONG()
      await this.#parts.notices.tell(tx, userId, { kind: wasOn ? 'factor-renewed' : 'factor-on' })
      await this.#parts.report({ type: 'second-factor.confirmed', userId }, tx)
      return this.#recovery.renew(tx, userId)
    })
  }

  async renewRecoveryCodes(userId: string): Promise<readonly string[]> {
    return this.#parts.database.transaction(async (tx) => {
      if ((await this.#sinceWithin(tx, userId)) === null) throw authErrors.QL_AUTH_FACTOR_OFF()
      await this.#parts.notices.tell(tx, userId, { kind: 'recovery-codes-renewed' })
      await this.#parts.report({ type: 'second-factor.recovery-renewed', userId }, tx)
      return this.#recovery.renew(tx, userId)
    })
  }

  async remove(userId: string): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      if (!(await this.#delete(tx, userId))) return
      await this.#parts.notices.tell(tx, userId, { kind: 'factor-off' })
      await this.#parts.report({ type: 'second-factor.removed', userId }, tx)
    })
  }

  /**
   * Somebody else takes it away from a person who has lost it; the person is told.
   *
   * @param actorId absent: whoever has the machine.
   * @throws QL_AUTH_FACTOR_OFF.
   */
  async takeAway(tx: OpenTransaction, userId: string, actorId: string | undefined): Promise<void> {
    if (!(await this.#delete(tx, userId))) throw authErrors.QL_AUTH_FACTOR_OFF()
    await this.#parts.notices.tell(tx, userId, { kind: 'factor-taken' })
    const by = actorId === undefined ? {} : { actorId }
    await this.#parts.report({ type: 'second-factor.removed', userId, ...by }, tx)
  }

  /**
   * Whether it is a code of the person that has not been used: six digits of the app, or a recovery
   * code. It is used afterwards.
   */
  async take(userId: string, code: string): Promise<boolean> {
    const digits = sixDigits(code)
    if (digits === null) return this.#takeRecovery(userId, code)
    const row = await this.#row(userId)
    const secret = row && unseal(row.sealed_secret, `secret ${userId}`, this.#parts.key)
    const step = secret === null || secret === undefined ? null : await this.#step(digits, secret)
    if (!row || step === null) return false
    return this.#parts.database.transaction(async (tx) => {
      const taken = await this.#tables
        .within(tx)
        .db.updateTable('second_factors')
        .set({ last_step: step })
        .where('user_id', '=', userId)
        .where('sealed_secret', '=', row.sealed_secret)
        .where('last_step', '<', step)
        .returning('user_id')
        .execute()
      return taken.length > 0
    })
  }

  /** What trust in a browser would hang on; null while there is no second factor. */
  async trustGround(tx: OpenTransaction, userId: string): Promise<TrustGround | null> {
    const factorSince = await this.#sinceWithin(tx, userId)
    if (factorSince === null) return null
    const { epoch } = await this.#tables
      .within(tx)
      .db.selectFrom('identities')
      .select('epoch')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow()
    return { userId, epoch, factorSince }
  }

  async #takeRecovery(userId: string, code: string): Promise<boolean> {
    return this.#parts.database.transaction(async (tx) => {
      if (!(await this.#recovery.take(tx, userId, code, this.#now()))) return false
      const left = await this.#recovery.left(userId, tx)
      await this.#parts.notices.tell(tx, userId, { kind: 'recovery-code-used', left })
      return true
    })
  }

  /** @returns whether there was one that was in force. */
  async #delete(tx: OpenTransaction, userId: string): Promise<boolean> {
    await this.#recovery.removeAll(tx, userId)
    const removed = await this.#tables
      .within(tx)
      .db.deleteFrom('second_factors')
      .where('user_id', '=', userId)
      .returning('user_id')
      .execute()
    return removed.length > 0
  }

  /** A code that confirmed a secret is used; the same once more changes nothing. */
  async #put(tx: OpenTransaction, userId: string, secret: string, step: number): Promise<boolean> {
    const now = this.#now().toISOString()
    const put = await this.#tables
      .within(tx)
      .db.insertInto('second_factors')
      .values({
        user_id: userId,
        sealed_secret: seal(secret, `secret ${userId}`, this.#parts.key),
        confirmed_at: now,
        last_step: step,
        created_at: now,
      })
      .onConflict((conflict) =>
        conflict
          .column('user_id')
          .doUpdateSet((set) => ({
            sealed_secret: set.ref('excluded.sealed_secret'),
            confirmed_at: set.ref('excluded.confirmed_at'),
            last_step: set.ref('excluded.last_step'),
          }))
          .whereRef('second_factors.last_step', '<', 'excluded.last_step'),
      )
      .returning('user_id')
      .execute()
    return put.length > 0
  }

  #offered(userId: string, ticket: string): string | null {
    const text = unseal(ticket, `offer ${userId}`, this.#parts.key)
    if (text === null) return null
    const { secret, until } = JSON.parse(text) as Sealed
    return until > this.#now().getTime() ? secret : null
  }

  async #step(code: string, secret: string): Promise<number | null> {
    const digits = sixDigits(code)
    return digits === null ? null : stepOfCode(digits, secret, this.#now())
  }

  #row(userId: string): Promise<AuthTables['second_factors'] | undefined> {
    return this.#tables.reader
      .selectFrom('second_factors')
      .selectAll()
      .where('user_id', '=', userId)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst()
  }

  async #sinceWithin(tx: OpenTransaction, userId: string): Promise<string | null> {
    const row = await this.#tables
      .within(tx)
      .db.selectFrom('second_factors')
      .select('confirmed_at')
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return row?.confirmed_at ?? null
  }

  #now(): Date {
    return this.#parts.clock.now()
  }
}
