import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Actor } from '../../port/requests.ts'
import type { AccountLetters } from './account-letters.ts'
import type { Proof } from '../account-rooms.ts'
import { canonicalEmail } from '../identity/email.ts'
import { authErrors, refusalOf } from '../errors.ts'
import type { Identities } from '../identity/identities.ts'
import type { Client } from '../session/session.ts'
import type { OwnIdentity } from '../identity/identity.ts'
import type { Notices } from '../notices.ts'
import type { SecurityEvent } from '../security-event.ts'
import { LINK_MINUTES, type LinkRows, type LinkSubject } from './link-rows.ts'
import type { AuthTables } from '../tables.ts'

/** How people come to another e-mail address. */
export interface Emails {
  /**
   * Sends a link to the new address and a notice to the old one; an address that already belongs to
   * an account gets a letter that says so, and the answer is the same. Where no mail is sent, no
   * address can be confirmed, and the change is made at once.
   *
   * @returns whether it waits to be confirmed.
   * @throws QL_AUTH_PASSWORD_WRONG, QL_AUTH_EMAIL_INVALID, QL_AUTH_TOO_MANY_ATTEMPTS, QL_BUSY;
   * without mail also QL_AUTH_EMAIL_TAKEN.
   */
  request(
    actor: Actor,
    input: { readonly email: string; readonly password: string },
    client: Client,
  ): Promise<boolean>
  /** What a link would change; null once it does nothing any more. */
  find(token: string): Promise<LinkSubject | null>
  /**
   * Takes the new address, once. Links sent before do nothing any more.
   *
   * @throws QL_AUTH_LINK_DEAD, QL_AUTH_EMAIL_TAKEN.
   */
  confirm(token: string): Promise<void>
}

export interface EmailsParts {
  readonly database: Database
  readonly identities: Identities
  readonly links: LinkRows
  readonly letters: AccountLetters
  readonly notices: Notices
  readonly prove: Proof
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

export class EmailRows implements Emails {
  readonly #parts: EmailsParts
  readonly #tables: Scope<AuthTables>

  constructor(parts: EmailsParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async request(
    actor: Actor,
    input: { readonly email: string; readonly password: string },
    client: Client,
  ): Promise<boolean> {
    const { identities, letters, prove } = this.#parts
    const email = canonicalEmail(input.email)
    const fault = authErrors.QL_AUTH_EMAIL_INVALID()
    if (email === null) throw refusalOf([{ path: '/email', error: fault }])
    const account = await identities.find(actor.id)
    if (!account) throw authErrors.QL_AUTH_NOBODY()
    await prove(actor, { field: '/password', password: input.password }, client)
    if (email === account.email) return false
    if (letters.isCarried) await this.#ask(account, email)
    else await this.#change(account, email, async () => true)
    return letters.isCarried
  }

  find(token: string): Promise<LinkSubject | null> {
    return this.#parts.links.find('email', token)
  }

  async confirm(token: string): Promise<void> {
    const { identities, links } = this.#parts
    const subject = await links.find('email', token)
    const account = subject && (await identities.find(subject.userId))
    if (!account || subject.email === null) throw authErrors.QL_AUTH_LINK_DEAD()
    await this.#change(account, subject.email, (tx) => links.consume(tx, 'email', token))
  }

  async #ask(account: OwnIdentity, email: string): Promise<void> {
    const { database, identities, letters, links } = this.#parts
    const { id: userId, username } = account
    const holder = await identities.credentials('email', email)
    const kind = holder ? 'known' : 'email'
    if (!letters.mayWriteTo(email, kind)) return
    const [locale, theirs] = await Promise.all([
      letters.localeOf(userId),
      letters.localeOf(holder?.identity.id ?? userId),
    ])
    await database.transaction(async (tx) => {
      const old = { to: account.email, locale, values: { username, email }, path: '/settings' }
      await letters.send(tx, { kind: 'email-asked', ...old })
      if (holder) {
        const { username: known } = holder.identity
        const values = { username: known }
        await letters.send(tx, { kind, to: email, locale: theirs, values, path: '/auth/forgot' })
        return
      }
      const token = await links.make(tx, { purpose: 'email', userId, email })
      if (token === null) throw authErrors.QL_AUTH_NOBODY()
      const values = { username, minutes: LINK_MINUTES }
      const path = `/auth/email?token=${token}`
      await letters.send(tx, { kind, to: email, locale, values, path, isSecret: true })
    })
  }

  async #change(
    account: OwnIdentity,
    email: string,
    consume: (tx: OpenTransaction) => Promise<boolean>,
  ): Promise<void> {
    const { database, letters, links, notices, report } = this.#parts
    const { id: userId, username } = account
    const locale = await letters.localeOf(userId)
    await database.transaction(async (tx) => {
      if (!(await consume(tx))) throw authErrors.QL_AUTH_LINK_DEAD()
      await this.#requireFree(tx, email)
      await this.#tables
        .within(tx)
        .db.updateTable('identities')
        .set({ email })
        .where('id', '=', userId)
        .execute()
      await links.spendAll(tx, userId)
      const old = { to: account.email, locale, values: { username, email }, path: '/' }
      await letters.send(tx, { kind: 'email-changed', ...old })
      await notices.tell(tx, userId, { kind: 'email-changed' })
      await report({ type: 'email.changed', userId }, tx)
    })
  }

  async #requireFree(tx: OpenTransaction, email: string): Promise<void> {
    const holder = await this.#tables
      .within(tx)
      .db.selectFrom('identities')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirst()
    const error = authErrors.QL_AUTH_EMAIL_TAKEN()
    if (holder) throw refusalOf([{ path: '/email', error }])
  }
}
