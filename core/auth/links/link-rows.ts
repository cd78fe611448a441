import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Role } from '../../port/requests.ts'
import { hashOfToken, newToken } from './one-time-token.ts'
import type { AuthTables, LinkPurpose } from '../tables.ts'

/** For how long a link works. */
export const LINK_MINUTES = 30
const MINUTE_MS = 60_000

/** What a link is about. */
export interface LinkSubject {
  readonly userId: string
  readonly username: string
  readonly role: Role
  /** The address it confirms. */
  readonly email: string | null
}

/** Of a link that still does something. */
const ALIVE = `token_hash = ? and purpose = ? and used_at is null and expires_at > ?
  and exists (select 1 from identities i where i.id = account_links.user_id
    and i.epoch = account_links.epoch and i.status = 'active')`

/** The rows of one-time links. Each change is conditional, so that each link works once. */
export class LinkRows {
  readonly #database: Database
  readonly #tables: Scope<AuthTables>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#tables = database.scope('')
    this.#clock = clock
  }

  /** @returns the token, which is kept nowhere; null when the account is not active. */
  async make(
    tx: OpenTransaction,
    link: { readonly purpose: LinkPurpose; readonly userId: string; readonly email?: string },
  ): Promise<string | null> {
    const { db } = this.#tables.within(tx)
    const account = await db
      .selectFrom('identities')
      .select('epoch')
      .where('id', '=', link.userId)
      .where('status', '=', 'active')
      .executeTakeFirst()
    if (!account) return null
    const { token, hash } = newToken()
    const now = this.#clock.now()
    await db
      .insertInto('account_links')
      .values({
        token_hash: hash,
        purpose: link.purpose,
        user_id: link.userId,
        epoch: account.epoch,
        email: link.email ?? null,
        created_at: now.toISOString(),
        expires_at: new Date(now.getTime() + LINK_MINUTES * MINUTE_MS).toISOString(),
        used_at: null,
      })
      .execute()
    return token
  }

  /** null once it does nothing any more. */
  async find(purpose: LinkPurpose, token: string): Promise<LinkSubject | null> {
    const [row] = await this.#database.reader.all(
      `select l.user_id, l.email, i.username, i.role from
        (select * from account_links where ${ALIVE}) l join identities i on i.id = l.user_id`,
      [hashOfToken(token), purpose, this.#now()],
    )
    if (!row) return null
    return {
      userId: String(row['user_id']),
      username: String(row['username']),
      role: row['role'] as Role,
      email: row['email'] === null ? null : String(row['email']),
    }
  }

  /** Uses the link up. @returns false when it does nothing any more. */
  async consume(tx: OpenTransaction, purpose: LinkPurpose, token: string): Promise<boolean> {
    const now = this.#now()
    const { changes } = await tx.session.run(
      `update account_links set used_at = ? where ${ALIVE}`,
      [now, hashOfToken(token), purpose, now],
    )
    return changes === 1
  }

  /** All that were sent to the person do nothing from now on. */
  async spendAll(tx: OpenTransaction, userId: string): Promise<void> {
    await this.#tables
      .within(tx)
      .db.updateTable('account_links')
      .set({ used_at: this.#now() })
      .where('user_id', '=', userId)
      .where('used_at', 'is', null)
      .execute()
  }

  async forgetOld(): Promise<void> {
    await this.#database.transaction((tx) =>
      this.#tables
        .within(tx)
        .db.deleteFrom('account_links')
        .where('expires_at', '<', this.#now())
        .execute(),
    )
  }

  #now(): string {
    return this.#clock.now().toISOString()
  }
}
