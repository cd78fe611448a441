import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Actor } from '../../port/requests.ts'
import type { AccountLetters } from '../links/account-letters.ts'
import type { Notices } from '../notices.ts'
import type { Proof } from '../account-rooms.ts'
import { authErrors, refusalOf } from '../errors.ts'
import type { Identities } from '../identity/identities.ts'
import type { Client } from '../session/session.ts'
import type { OwnIdentity } from '../identity/identity.ts'
import type { SecurityEvent } from '../security-event.ts'
import type { LinkRows } from '../links/link-rows.ts'
import type { PasswordHash, PasswordHasher } from './password-hasher.ts'
import { passwordFault } from './password.ts'
import type { Sessions } from '../session/sessions.ts'
import type { AuthTables } from '../tables.ts'

/** How people come to another password. */
export interface Passwords {
  /**
   * Takes the old password for a new one. Every other session ends, links sent before do nothing
   * any more, and the person is told, also by mail.
   *
   * @throws QL_AUTH_PASSWORD_WRONG, the faults of a new password, QL_AUTH_TOO_MANY_ATTEMPTS, QL_BUSY.
   */
  change(
    actor: Actor,
    input: { readonly oldPassword: string; readonly password: string },
    client: Client,
  ): Promise<void>
  /**
   * Sets a new password by the link of a letter, which works once. Begins no session and asks for
   * no second factor; every session of the account ends and the person is told, also by
   * mail.
   *
   * @throws QL_AUTH_LINK_DEAD, the same for any token that does nothing; the faults of a new
   * password, which leave the link as it is; QL_BUSY.
   */
  reset(token: string, password: string): Promise<void>
}

export interface PasswordsParts {
  readonly database: Database
  readonly identities: Identities
  readonly hasher: PasswordHasher
  readonly sessions: Sessions
  readonly links: LinkRows
  readonly letters: AccountLetters
  readonly notices: Notices
  readonly stationName: () => string
  readonly prove: Proof
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

export class PasswordRows implements Passwords {
  readonly #parts: PasswordsParts
  readonly #tables: Scope<AuthTables>

  constructor(parts: PasswordsParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async change(
    actor: Actor,
    { oldPassword, password }: Parameters<Passwords['change']>[1],
    client: Client,
  ): Promise<void> {
    const { database, letters, prove, report } = this.#parts
    const account = await this.#account(actor.id)
    await prove(actor, { field: '/oldPassword', password: oldPassword }, client)
    const hash = await this.#hashOf(password, account)
    const locale = await letters.localeOf(actor.id)
    await database.transaction(async (tx) => {
      await this.#replace(tx, account, { hash, keep: actor.sessionId })
      await this.#tell(tx, account, locale)
      await report({ type: 'password.changed', userId: account.id, ip: client.ip }, tx)
    })
  }

  async reset(token: string, password: string): Promise<void> {
    const { database, letters, links, report } = this.#parts
    const subject = await links.find('reset', token)
    if (!subject) throw authErrors.QL_AUTH_LINK_DEAD()
    const account = await this.#account(subject.userId)
    const hash = await this.#hashOf(password, account)
    const locale = await letters.localeOf(account.id)
    await database.transaction(async (tx) => {
      if (!(await links.consume(tx, 'reset', token))) throw authErrors.QL_AUTH_LINK_DEAD()
      await this.#replace(tx, account, { hash, keep: null })
      await this.#tell(tx, account, locale)
      await report({ type: 'password.reset', userId: account.id }, tx)
    })
  }

  async #account(userId: string): Promise<OwnIdentity> {
    const account = await this.#parts.identities.find(userId)
    if (account?.status !== 'active') throw authErrors.QL_AUTH_NOBODY()
    return account
  }

  async #hashOf(password: string, account: OwnIdentity): Promise<PasswordHash> {
    const { role, username, email } = account
    const context = [username, email.split('@')[0] ?? '', this.#parts.stationName()]
    const fault = passwordFault(password, { role, context })
    if (fault) throw refusalOf([{ path: '/password', error: fault }])
    return this.#parts.hasher.hash(password)
  }

  /** The next epoch makes sessions and links of the one before worthless; one session comes along. */
  async #replace(
    tx: OpenTransaction,
    { id }: OwnIdentity,
    { hash, keep }: { readonly hash: PasswordHash; readonly keep: string | null },
  ): Promise<void> {
    const { db } = this.#tables.within(tx)
    const [changed] = await db
      .updateTable('identities')
      .set(({ eb }) => ({
        password_hash: hash.passwordHash,
        password_scheme: hash.passwordScheme,
        pepper_kid: hash.pepperKid,
        epoch: eb('epoch', '+', 1),
      }))
      .where('id', '=', id)
      .where('status', '=', 'active')
      .returning('epoch')
      .execute()
    if (!changed) throw authErrors.QL_AUTH_NOBODY()
    const reason = 'password-changed'
    await this.#parts.sessions.endAll(tx, id, { except: keep, reason })
    if (keep === null) return
    await db
      .updateTable('sessions')
      .set({ epoch: changed.epoch })
      .where('id', '=', keep)
      .where('user_id', '=', id)
      .execute()
  }

  /** In the list as well: where no mail is sent, the letter reaches only the owner. */
  async #tell(
    tx: OpenTransaction,
    { id, email, username }: OwnIdentity,
    locale: Parameters<AccountLetters['send']>[1]['locale'],
  ): Promise<void> {
    const { letters, notices } = this.#parts
    const kind = 'password-changed'
    const values = { username }
    await letters.send(tx, { kind, to: email, locale, values, path: '/auth/forgot' })
    await notices.tell(tx, id, { kind })
  }
}
