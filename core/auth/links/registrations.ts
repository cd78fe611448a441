import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Json } from '../../port/events.ts'
import type { Locale } from '../../port/requests.ts'
import { newId } from '../../ids.ts'
import type { StationSettings } from '../../settings/index.ts'
import type { AccountLetters } from './account-letters.ts'
import type { Accounts } from '../identity/accounts.ts'
import type { Background } from '../background.ts'
import { canonicalEmail } from '../identity/email.ts'
import { authErrors } from '../errors.ts'
import type { Identities } from '../identity/identities.ts'
import type { Identity, NewIdentity, OwnIdentity, PreparedIdentity } from '../identity/identity.ts'
import type { InvitationRows } from './invitations.ts'
import { hashOfToken, newToken } from './one-time-token.ts'
import type { AuthTables, RegistrationTable } from '../tables.ts'

export type RegistrationPolicy = 'open' | 'invitation' | 'closed'

/** Somebody who wants an account. */
export interface Applicant {
  readonly prepared: PreparedIdentity
  /** What the module wants to know again when the account is made. */
  readonly data: Json
  /** The token of an invitation, if there is one. */
  readonly invitation?: string | undefined
  /** Of the letter. */
  readonly locale: Locale
}

/** How strangers come to an account. */
export interface Registrations {
  /** As the operator has set it, at this moment. */
  readonly policy: RegistrationPolicy
  /** Whether accounts are made only when their address is confirmed; without mail they are at once. */
  readonly needConfirmation: boolean
  /**
   * Whether somebody may register now, before any work is done for them.
   *
   * @throws QL_AUTH_REGISTRATION_CLOSED, also with an invitation; QL_AUTH_INVITATION_NEEDED,
   * QL_AUTH_INVITATION_DEAD.
   */
  requireAdmission(invitation: string | undefined): Promise<void>
  /**
   * The same in the transaction that makes the account; counts the use of the invitation, whose
   * last use one of many gets.
   */
  admit(tx: OpenTransaction, invitation: string | undefined): Promise<void>
  /** As `Auth.prepare`, but whether the address has an account is not looked at. */
  prepare(account: Omit<NewIdentity, 'role'>): Promise<PreparedIdentity>
  /**
   * Keeps the registration and sends the link that confirms it, in place of one begun before with
   * this address. To the address of an account goes a letter that says so; neither the answer nor
   * the work tells which. The name stays free until the account is made.
   *
   * @throws what `requireAdmission` throws.
   */
  begin(applicant: Applicant): Promise<void>
  /** Sends another link, if somebody waits for one; at most three letters an hour. Always alike. */
  resend(email: string): void
  /** Which account a link makes; null once it does nothing any more. */
  find(token: string): Promise<{ readonly username: string; readonly email: string } | null>
  /**
   * Makes the account of a link, once.
   *
   * @throws QL_AUTH_LINK_DEAD; QL_AUTH_USERNAME_TAKEN, QL_AUTH_USERNAME_SIMILAR,
   * QL_AUTH_EMAIL_TAKEN when somebody was quicker; what `requireAdmission` throws.
   */
  confirm(
    tx: OpenTransaction,
    token: string,
  ): Promise<{ readonly identity: Identity; readonly data: Json }>
}

export interface RegistrationsParts {
  readonly database: Database
  readonly clock: Clock
  readonly accounts: Accounts
  readonly identities: Identities
  readonly invitations: InvitationRows
  readonly letters: AccountLetters
  readonly background: Background
  readonly settings: Pick<StationSettings, 'people' | 'retention'>
}

const DAY_MS = 86_400_000

export class RegistrationRows implements Registrations {
  readonly #parts: RegistrationsParts
  readonly #tables: Scope<AuthTables>

  constructor(parts: RegistrationsParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  get policy(): RegistrationPolicy {
    return this.#parts.settings.people.registration
  }

  get needConfirmation(): boolean {
    return this.#parts.letters.isCarried && this.#parts.settings.people.confirmMail
  }

  async requireAdmission(invitation: string | undefined): Promise<void> {
    this.#requireOpen(await this.#invitationId(invitation), invitation)
  }

  async admit(tx: OpenTransaction, invitation: string | undefined): Promise<void> {
    const [row] =
      invitation === undefined
        ? []
        : await tx.session.all('select id from invitations where token_hash = ?', [
            hashOfToken(invitation),
          ])
    await this.#admitWith(tx, row ? String(row['id']) : null, invitation)
  }

  prepare(account: Omit<NewIdentity, 'role'>): Promise<PreparedIdentity> {
    return this.#parts.accounts.prepare({ ...account, role: 'member' }, { hidesEmail: true })
  }

  async begin({ prepared, data, invitation, locale }: Applicant): Promise<void> {
    const { database, identities, letters } = this.#parts
    const invitationId = await this.#invitationId(invitation)
    this.#requireOpen(invitationId, invitation)
    const holder = await identities.credentials('email', prepared.email)
    const theirs = await letters.localeOf(holder?.identity.id ?? prepared.id)
    if (!letters.mayWriteTo(prepared.email, 'confirm')) return
    await database.transaction(async (tx) => {
      if (holder) await this.#tell(tx, { ...holder.identity, email: prepared.email }, theirs)
      else await this.#keep(tx, prepared, { data, invitationId, locale })
    })
  }

  resend(email: string): void {
    const address = canonicalEmail(email)
    if (address === null) return
    const { background, database, letters } = this.#parts
    background.begin(async () => {
      const [row] = await this.#alive('email', address)
      if (!row || !letters.mayWriteTo(address, 'confirm')) return
      const { token, hash } = newToken()
      await database.transaction(async (tx) => {
        const { numUpdatedRows } = await this.#tables
          .within(tx)
          .db.updateTable('registrations')
          .set({ token_hash: hash })
          .where('id', '=', row.id)
          .where('token_hash', '=', row.token_hash)
          .executeTakeFirst()
        if (numUpdatedRows === 1n) await this.#write(tx, row, token)
      })
    })
  }

  async find(token: string): ReturnType<Registrations['find']> {
    const [row] = await this.#alive('token_hash', hashOfToken(token))
    return row ? { username: row.username, email: row.email } : null
  }

  async confirm(tx: OpenTransaction, token: string): ReturnType<Registrations['confirm']> {
    const [row] = await this.#tables
      .within(tx)
      .db.deleteFrom('registrations')
      .where('token_hash', '=', hashOfToken(token))
      .where('expires_at', '>', this.#now())
      .returningAll()
      .execute()
    if (!row) throw authErrors.QL_AUTH_LINK_DEAD()
    await this.#admitWith(tx, row.invitation_id, row.invitation_id ?? undefined)
    const identity = await this.#parts.identities.insert(tx, {
      id: row.id,
      username: row.username,
      email: row.email,
      role: 'member',
      passwordHash: row.password_hash,
      passwordScheme: row.password_scheme,
      pepperKid: row.pepper_kid,
    })
    return { identity, data: JSON.parse(row.data) as Json }
  }

  async forgetOld(): Promise<void> {
    await this.#parts.database.transaction((tx) =>
      this.#tables
        .within(tx)
        .db.deleteFrom('registrations')
        .where('expires_at', '<', this.#now())
        .execute(),
    )
  }

  async #invitationId(invitation: string | undefined): Promise<string | null> {
    if (invitation === undefined || this.policy === 'closed') return null
    return (await this.#parts.invitations.find(invitation))?.id ?? null
  }

  /** Who comes with a dead invitation where none is needed is let in all the same. */
  #requireOpen(invitationId: string | null, invitation: string | undefined): void {
    if (this.policy === 'closed') throw authErrors.QL_AUTH_REGISTRATION_CLOSED()
    if (this.policy === 'open' || invitationId !== null) return
    if (invitation === undefined) throw authErrors.QL_AUTH_INVITATION_NEEDED()
    throw authErrors.QL_AUTH_INVITATION_DEAD()
  }

  async #admitWith(
    tx: OpenTransaction,
    invitationId: string | null,
    invitation: string | undefined,
  ): Promise<void> {
    this.#requireOpen(invitationId, invitation)
    if (this.policy === 'invitation' && invitationId !== null) {
      await this.#parts.invitations.use(tx, invitationId)
    }
  }

  async #keep(
    tx: OpenTransaction,
    prepared: PreparedIdentity,
    facts: Pick<Applicant, 'data' | 'locale'> & { readonly invitationId: string | null },
  ): Promise<void> {
    const { clock, settings } = this.#parts
    const { db } = this.#tables.within(tx)
    const { token, hash } = newToken()
    const now = clock.now()
    const expires = new Date(now.getTime() + settings.retention.unconfirmedDays * DAY_MS)
    const row: RegistrationTable = {
      id: newId(),
      username: prepared.username,
      email: prepared.email,
      password_hash: prepared.passwordHash,
      password_scheme: prepared.passwordScheme,
      pepper_kid: prepared.pepperKid,
      token_hash: hash,
      invitation_id: facts.invitationId,
      data: JSON.stringify(facts.data),
      locale: facts.locale,
      created_at: now.toISOString(),
      expires_at: expires.toISOString(),
    }
    await db.deleteFrom('registrations').where('email', '=', prepared.email).execute()
    const [kept] = await db
      .insertInto('registrations')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    /* Another node has taken the same form at the same moment: its letter will do. */
    if (kept) await this.#write(tx, row, token)
  }

  #write(tx: OpenTransaction, row: RegistrationTable, token: string): Promise<void> {
    const days = Math.ceil(
      (Date.parse(row.expires_at) - this.#parts.clock.now().getTime()) / DAY_MS,
    )
    return this.#parts.letters.send(tx, {
      kind: 'confirm',
      to: row.email,
      locale: row.locale,
      values: { username: row.username, days },
      path: `/auth/confirm?token=${token}`,
      isSecret: true,
    })
  }

  #tell(tx: OpenTransaction, { email, username }: OwnIdentity, locale: Locale): Promise<void> {
    const values = { username }
    return this.#parts.letters.send(tx, {
      kind: 'known',
      to: email,
      locale,
      values,
      path: '/auth/forgot',
    })
  }

  #alive(column: 'email' | 'token_hash', value: string): Promise<RegistrationTable[]> {
    return this.#tables.reader
      .selectFrom('registrations')
      .selectAll()
      .where(column, '=', value)
      .where('expires_at', '>', this.#now())
      .execute()
  }

  #now(): string {
    return this.#parts.clock.now().toISOString()
  }
}
