import type { Database, OpenTransaction } from '../../../db/index.ts'
import type { Locale } from '../../port/requests.ts'
import type { AccountLetters } from './account-letters.ts'
import type { Background } from '../background.ts'
import { canonicalEmail } from '../identity/email.ts'
import { authErrors } from '../errors.ts'
import type { Identities } from '../identity/identities.ts'
import type { OwnIdentity } from '../identity/identity.ts'
import type { SecurityEvent } from '../security-event.ts'
import { LINK_MINUTES, type LinkRows, type LinkSubject } from './link-rows.ts'
import type { Acting, ResidentRows } from '../identity/residents.ts'
import { canonicalUsername } from '../identity/username.ts'

/** Links by which people come back to their accounts. */
export interface AccountLinks {
  /** False: letters wait in the owner's mailbox, who hands the links over. */
  readonly areCarried: boolean
  /**
   * Writes to the address, if it is that of an account; at most three letters an hour. Answers at
   * once and always alike: what it does begins afterwards.
   */
  requestReset(email: string): void
  /**
   * A letter on behalf of staff, who never choose a password for anybody.
   *
   * @throws QL_AUTH_NOBODY, also for a blocked account; QL_AUTH_RANK.
   */
  sendReset(actor: Acting, userId: string): Promise<void>
  /**
   * The link itself, for the operator of a station that sends no mail.
   *
   * @throws QL_AUTH_NOBODY
   */
  makeReset(username: string): Promise<string>
  /** Whose password it sets; null once it does nothing any more. */
  findReset(token: string): Promise<LinkSubject | null>
  /** Answers when every letter that was asked for is queued. */
  settle(): Promise<void>
}

export interface RecoveryParts {
  readonly database: Database
  readonly identities: Identities
  readonly links: LinkRows
  readonly letters: AccountLetters
  readonly residents: Pick<ResidentRows, 'requireRank'>
  readonly background: Background
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

export class Recovery implements AccountLinks {
  readonly #parts: RecoveryParts

  constructor(parts: RecoveryParts) {
    this.#parts = parts
  }

  get areCarried(): boolean {
    return this.#parts.letters.isCarried
  }

  requestReset(email: string): void {
    const address = canonicalEmail(email)
    if (address === null) return
    this.#parts.background.begin(async () => {
      const found = await this.#parts.identities.credentials('email', address)
      if (!found || !this.#parts.letters.mayWriteTo(address, 'reset')) return
      await this.#send({ ...found.identity, email: address })
    })
  }

  async sendReset(actor: Acting, userId: string): Promise<void> {
    const account = await this.#parts.identities.find(userId)
    if (account?.status !== 'active') throw authErrors.QL_AUTH_NOBODY()
    await this.#send(account, actor)
  }

  async makeReset(username: string): Promise<string> {
    const { database, identities, links, report } = this.#parts
    const account = await identities.findActive(canonicalUsername(username))
    if (!account) throw authErrors.QL_AUTH_NOBODY()
    const token = await database.transaction(async (tx) => {
      const made = await links.make(tx, { purpose: 'reset', userId: account.id })
      await report({ type: 'reset.sent', userId: account.id }, tx)
      return made
    })
    if (token === null) throw authErrors.QL_AUTH_NOBODY()
    return this.#parts.letters.urlOf(pathOf(token))
  }

  findReset(token: string): Promise<LinkSubject | null> {
    return this.#parts.links.find('reset', token)
  }

  settle(): Promise<void> {
    return this.#parts.background.settle()
  }

  async #send(account: OwnIdentity, actor?: Acting): Promise<void> {
    const { database, letters, links, report, residents } = this.#parts
    const { id: userId, email: to, username } = account
    const locale: Locale = await letters.localeOf(userId)
    await database.transaction(async (tx) => {
      if (actor) await residents.requireRank(tx, actor, userId)
      const token = await links.make(tx, { purpose: 'reset', userId })
      if (token === null) return
      const values = { username, minutes: LINK_MINUTES }
      const path = pathOf(token)
      await letters.send(tx, { kind: 'reset', to, locale, values, path, isSecret: true })
      if (!actor) return
      const by = actor === 'operator' ? {} : { actorId: actor.id }
      await report({ type: 'reset.sent', userId, ...by }, tx)
    })
  }
}

function pathOf(token: string): string {
  return `/auth/reset?token=${token}`
}
