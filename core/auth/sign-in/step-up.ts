import type { Database, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor } from '../../port/requests.ts'
import type { CodeCheck } from './code-check.ts'
import { authErrors } from '../errors.ts'
import type { Client } from '../session/session.ts'
import type { SecondFactorRows } from '../second-factor/second-factors.ts'
import type { SignIn } from './sign-in.ts'
import type { AuthTables } from '../tables.ts'

/** A proof is good for so long, in the session it was given in. */
export const FRESH_MS = 15 * 60_000

/** What dangerous acts need: that it was the person a moment ago, not only their browser. */
export interface StepUp {
  /** A code of the second factor from those who have one, from others the password. */
  asks(userId: string): Promise<'password' | 'code'>
  /** Whether the person of this session has proved it within fifteen minutes. */
  isFresh(sessionId: string): Promise<boolean>
  /**
   * Takes the proof that {@link StepUp.asks} names.
   *
   * @throws QL_AUTH_PASSWORD_WRONG, QL_AUTH_CODE_NEEDED, QL_AUTH_CODE_WRONG,
   * QL_AUTH_TOO_MANY_ATTEMPTS, QL_BUSY.
   */
  prove(
    actor: Actor,
    proof: { readonly password?: string | undefined; readonly code?: string | undefined },
    client: Client,
  ): Promise<void>
}

export interface StepUpParts {
  readonly database: Database
  readonly clock: Clock
  readonly signIn: SignIn
  readonly codes: CodeCheck
  readonly factors: SecondFactorRows
}

export class SessionStepUp implements StepUp {
  readonly #parts: StepUpParts
  readonly #tables: Scope<AuthTables>

  constructor(parts: StepUpParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async asks(userId: string): Promise<'password' | 'code'> {
    return (await this.#parts.factors.since(userId)) === null ? 'password' : 'code'
  }

  async isFresh(sessionId: string): Promise<boolean> {
    const row = await this.#tables.reader
      .selectFrom('sessions')
      .select('verified_at')
      .where('id', '=', sessionId)
      .executeTakeFirst()
    const ageMs = this.#parts.clock.now().getTime() - Date.parse(row?.verified_at ?? '')
    /* An instant that cannot be read compares as false. */
    return ageMs < FRESH_MS
  }

  async prove(
    { id, sessionId }: Actor,
    { password = '', code = '' }: { password?: string | undefined; code?: string | undefined },
    client: Client,
  ): Promise<void> {
    const { signIn, codes, database, clock } = this.#parts
    if ((await this.asks(id)) === 'password') await signIn.requirePassword(id, password, client)
    else if (code === '') throw authErrors.QL_AUTH_CODE_NEEDED()
    else await codes.require(id, code, client)
    await database.transaction(async (tx) => {
      await this.#tables
        .within(tx)
        .db.updateTable('sessions')
        .set({ verified_at: clock.now().toISOString() })
        .where('id', '=', sessionId)
        .where('ended_at', 'is', null)
        .execute()
    })
  }
}
