import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Role } from '../../port/requests.ts'
import type { CodedError } from '../../errors.ts'
import { authErrors, refusalOf } from '../errors.ts'
import { lookOf } from './lookalikes.ts'
import type { Identity, OwnIdentity, PreparedIdentity } from './identity.ts'
import type { PasswordHash } from '../password/password-hasher.ts'
import type { AuthTables, IdentityTable } from '../tables.ts'

/** What signing in needs of an account. */
export interface Credentials {
  readonly identity: Identity
  readonly epoch: number
  readonly password: PasswordHash
}

const STAFF: readonly Role[] = ['moderator', 'admin', 'owner']

/** The accounts' rows. */
export class Identities {
  readonly #database: Database
  readonly #tables: Scope<AuthTables>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#tables = database.scope('')
    this.#clock = clock
  }

  /**
   * @throws QL_AUTH_USERNAME_TAKEN, QL_AUTH_USERNAME_SIMILAR, QL_AUTH_EMAIL_TAKEN,
   * QL_AUTH_SETUP_CLOSED.
   */
  async insert(tx: OpenTransaction, prepared: PreparedIdentity): Promise<Identity> {
    const { db } = this.#tables.within(tx)
    const { id, username, email, role } = prepared
    const createdAt = this.#clock.now().toISOString()
    const [inserted] = await db
      .insertInto('identities')
      .values({
        id,
        username,
        look: lookOf(username),
        email,
        password_hash: prepared.passwordHash,
        password_scheme: prepared.passwordScheme,
        pepper_kid: prepared.pepperKid,
        role,
        status: 'active',
        withheld: 0,
        epoch: 0,
        created_at: createdAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    if (!inserted) throw await this.#collision(tx, prepared)
    if (role === 'owner') await this.#found(tx, id, createdAt)
    return { id, username, role, status: 'active', createdAt }
  }

  /** Of those who set the station up at the same moment, one does. */
  async #found(tx: OpenTransaction, userId: string, foundedAt: string): Promise<void> {
    const [founded] = await this.#tables
      .within(tx)
      .db.insertInto('founding')
      .values({ id: 'station', user_id: userId, founded_at: foundedAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    if (!founded) throw authErrors.QL_AUTH_SETUP_CLOSED()
  }

  async isTaken(column: 'username' | 'look' | 'email', value: string): Promise<boolean> {
    return (await this.#find(column, value)) !== undefined
  }

  async credentials(
    column: 'id' | 'username' | 'email',
    value: string,
  ): Promise<Credentials | null> {
    const row = await this.#find(column, value)
    if (!row) return null
    const { password_hash: passwordHash, password_scheme: passwordScheme } = row
    return {
      identity: identityIn(row),
      epoch: row.epoch,
      password: { passwordHash, passwordScheme, pepperKid: row.pepper_kid },
    }
  }

  async find(id: string): Promise<OwnIdentity | null> {
    const row = await this.#find('id', id)
    return row ? { ...identityIn(row), email: row.email } : null
  }

  async findMany(ids: readonly string[]): Promise<readonly Identity[]> {
    if (ids.length === 0) return []
    const rows = await this.#tables.reader
      .selectFrom('identities')
      .selectAll()
      .where('id', 'in', ids)
      .execute()
    return rows.map(identityIn)
  }

  async findActive(username: string): Promise<Identity | null> {
    const row = await this.#find('username', username)
    return row?.status === 'active' ? identityIn(row) : null
  }

  /** Active people of these roles, at most 200, who came first coming first. */
  async staffIds(roles: readonly Role[] = STAFF): Promise<readonly string[]> {
    const rows = await this.#tables.reader
      .selectFrom('identities')
      .select('id')
      .where('role', 'in', roles)
      .where('status', '=', 'active')
      .orderBy('id')
      .limit(200)
      .execute()
    return rows.map(({ id }) => id)
  }

  async count(): Promise<number> {
    const { count } = await this.#tables.reader
      .selectFrom('identities')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  }

  async hasOwner(): Promise<boolean> {
    return (await this.#find('role', 'owner')) !== undefined
  }

  /** The same password under today's cost and pepper; nothing if it was changed meanwhile. */
  async replaceHash(id: string, old: PasswordHash, renewed: PasswordHash): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#tables
        .within(tx)
        .db.updateTable('identities')
        .set({
          password_hash: renewed.passwordHash,
          password_scheme: renewed.passwordScheme,
          pepper_kid: renewed.pepperKid,
        })
        .where('id', '=', id)
        .where('password_hash', '=', old.passwordHash)
        .execute()
    })
  }

  async #collision(tx: OpenTransaction, prepared: PreparedIdentity): Promise<CodedError> {
    const { db } = this.#tables.within(tx)
    const { username, email } = prepared
    const rows = await db
      .selectFrom('identities')
      .select(['username', 'look', 'email'])
      .where((or) =>
        or.or([
          or('username', '=', username),
          or('look', '=', lookOf(username)),
          or('email', '=', email),
        ]),
      )
      .execute()
    if (rows.some((row) => row.username === username)) {
      return refusalOf([{ path: '/username', error: authErrors.QL_AUTH_USERNAME_TAKEN() }])
    }
    if (rows.some((row) => row.look === lookOf(username))) {
      return refusalOf([{ path: '/username', error: authErrors.QL_AUTH_USERNAME_SIMILAR() }])
    }
    return refusalOf([{ path: '/email', error: authErrors.QL_AUTH_EMAIL_TAKEN() }])
  }

  #find(
    column: 'id' | 'username' | 'look' | 'email' | 'role',
    value: string,
  ): Promise<IdentityTable | undefined> {
    return this.#tables.reader
      .selectFrom('identities')
      .selectAll()
      .where(column, '=', value)
      .limit(1)
      .executeTakeFirst()
  }
}

function identityIn(row: IdentityTable): Identity {
  const { id, username, role, status } = row
  return { id, username, role, status, createdAt: row.created_at }
}
