import { type RawBuilder, sql } from 'kysely'
import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Actor, Role } from '../../port/requests.ts'
import { authErrors } from '../errors.ts'
import type { Identity } from './identity.ts'
import type { SecurityEvent } from '../security-event.ts'
import type { SecondFactorRows } from '../second-factor/second-factors.ts'
import type { Sessions } from '../session/sessions.ts'
import type { AuthTables, IdentityTable } from '../tables.ts'

/** Who acts: a person with a session, or whoever has the machine. */
export type Acting = Actor | 'operator'

/** An account as staff see it. */
export interface Resident extends Identity {
  readonly email: string
  /** When a session was last renewed, to ten minutes; null: never, or long ago. */
  readonly seenAt: string | null
  readonly hasSecondFactor: boolean
}

/**
 * What staff and the operator do with accounts. Owners may change everyone, others those of a lower
 * role and themselves; nobody gives a role above their own, and the last owner stays one. Each rule
 * is part of the one statement that acts.
 */
export interface Residents {
  /**
   * Gives another role and ends every session of the account; nothing happens for the role it has.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK, QL_AUTH_LAST_OWNER.
   */
  setRole(actor: Acting, userId: string, role: Role): Promise<void>
  /**
   * Ends every session and lets nobody in, until {@link Residents.unblock}.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK, QL_AUTH_LAST_OWNER.
   */
  block(actor: Acting, userId: string, options?: BlockOptions): Promise<void>
  /** @throws QL_AUTH_NOBODY, QL_AUTH_RANK. */
  unblock(actor: Acting, userId: string, work?: InSameTransaction): Promise<void>
  /** @returns how many were open. @throws QL_AUTH_NOBODY, QL_AUTH_RANK. */
  endSessions(actor: Acting, userId: string): Promise<number>
  /** @throws QL_AUTH_NOBODY, also where no such session of theirs is open; QL_AUTH_RANK. */
  endSession(actor: Acting, userId: string, sessionId: string): Promise<void>
  /**
   * Ends the sessions of everybody but the one that acts. For owners, and whoever has the machine.
   *
   * @returns how many were open. @throws QL_AUTH_RANK.
   */
  endEverybody(actor: Acting): Promise<number>
  /**
   * Takes the second factor away from a person who has lost it, with the codes on paper, and ends
   * every session of theirs. Their password stays; they are told.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK; QL_AUTH_FACTOR_OFF where there is none.
   */
  takeFactorAway(actor: Acting, userId: string): Promise<void>
}

export interface BlockOptions {
  /** Why; kept in the audit log. */
  readonly reason?: string
  /** Nobody but staff sees what they have published. Default false. */
  readonly hides?: boolean
  readonly work?: InSameTransaction
}

/** What has to be committed with the change or not at all, such as an event. */
export type InSameTransaction = (tx: OpenTransaction) => Promise<void>

export interface ResidentsParts {
  readonly database: Database
  readonly sessions: Sessions
  readonly factors: Pick<SecondFactorRows, 'takeAway'>
  readonly report: (event: SecurityEvent, tx?: OpenTransaction) => Promise<void>
}

const RANKS: readonly Role[] = ['member', 'moderator', 'admin', 'owner']

type Flag = 0 | 1

interface Change {
  readonly actor: Acting
  readonly userId: string
  readonly set: {
    readonly role?: Role
    readonly status?: Identity['status']
    readonly withheld?: Flag
  }
  readonly event: SecurityEvent['type']
  readonly reason?: string | undefined
  readonly work?: InSameTransaction | undefined
}

export class ResidentRows implements Residents {
  readonly #parts: ResidentsParts
  readonly #tables: Scope<AuthTables>

  constructor(parts: ResidentsParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async setRole(actor: Acting, userId: string, role: Role): Promise<void> {
    await this.#change({ actor, userId, set: { role }, event: 'user.role-changed' })
  }

  async block(actor: Acting, userId: string, options: BlockOptions = {}): Promise<void> {
    const { hides = false, ...others } = options
    const set = { status: 'blocked', withheld: hides ? 1 : 0 } as const
    await this.#change({ actor, userId, set, event: 'user.blocked', ...others })
  }

  async unblock(actor: Acting, userId: string, work?: InSameTransaction): Promise<void> {
    const set = { status: 'active', withheld: 0 } as const
    await this.#change({ actor, userId, set, event: 'user.unblocked', work })
  }

  async endSessions(actor: Acting, userId: string): Promise<number> {
    return this.#parts.database.transaction(async (tx) => {
      await this.requireRank(tx, actor, userId)
      const ended = await this.#parts.sessions.endAll(tx, userId, { reason: 'ended-by-staff' })
      await this.#parts.report({ type: 'user.sessions-ended', userId, ...by(actor) }, tx)
      return ended
    })
  }

  async endSession(actor: Acting, userId: string, sessionId: string): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.requireRank(tx, actor, userId)
      const one = { sessionId, userId }
      const hasEnded = await this.#parts.sessions.endWithin(tx, one, 'ended-by-staff')
      if (!hasEnded) throw authErrors.QL_AUTH_NOBODY()
      const event = {
        type: 'user.sessions-ended',
        userId,
        details: { session: sessionId },
      } as const
      await this.#parts.report({ ...event, ...by(actor) }, tx)
    })
  }

  async endEverybody(actor: Acting): Promise<number> {
    return this.#parts.database.transaction(async (tx) => {
      if (actor !== 'operator') await this.#requireOwner(tx, actor)
      const except = actor === 'operator' ? null : actor.sessionId
      const ended = await this.#parts.sessions.endEverybody(tx, {
        except,
        reason: 'ended-by-staff',
      })
      const details = { sessions: String(ended) }
      await this.#parts.report({ type: 'session.all-ended', ...by(actor), details }, tx)
      return ended
    })
  }

  async takeFactorAway(actor: Acting, userId: string): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.requireRank(tx, actor, userId)
      await this.#parts.factors.takeAway(tx, userId, by(actor).actorId)
      await this.#parts.sessions.endAll(tx, userId, { reason: 'ended-by-staff' })
    })
  }

  /** As the role is at this moment. @throws QL_AUTH_RANK. */
  async #requireOwner(tx: OpenTransaction, { id }: Actor): Promise<void> {
    const owner = await this.#tables
      .within(tx)
      .db.selectFrom('identities')
      .select('id')
      .where('id', '=', id)
      .where('role', '=', 'owner')
      .where('status', '=', 'active')
      .executeTakeFirst()
    if (!owner) throw authErrors.QL_AUTH_RANK()
  }

  /** @throws QL_AUTH_NOBODY, QL_AUTH_RANK unless the actor may change this account. */
  async requireRank(tx: OpenTransaction, actor: Acting, userId: string): Promise<void> {
    const { db } = this.#tables.within(tx)
    const found = await db
      .selectFrom('identities')
      .select('id')
      .where('id', '=', userId)
      .where(mayChange(actor))
      .executeTakeFirst()
    if (!found) throw await this.#refusal(tx, actor, userId)
  }

  async #change({ actor, userId, set, event, work, reason }: Change): Promise<void> {
    if (set.role && isAbove(set.role, actor)) throw authErrors.QL_AUTH_RANK()
    await this.#parts.database.transaction(async (tx) => {
      const { db } = this.#tables.within(tx)
      await this.#takeTurns(tx)
      const before = await db
        .selectFrom('identities')
        .select(['role', 'status', 'withheld'])
        .where('id', '=', userId)
        .executeTakeFirst()
      if (before && isAlready(before, set)) return
      const losesOwner = set.role !== 'owner' && set.status !== 'active'
      const changed = await db
        .updateTable('identities')
        .set(({ eb }) => ({ ...set, epoch: eb('epoch', '+', 1) }))
        .where('id', '=', userId)
        .where('status', '!=', 'deleted')
        .where(mayChange(actor))
        .where(losesOwner ? NOT_LAST_OWNER : EVERYONE)
        .returning('id')
        .execute()
      if (changed.length === 0) throw await this.#refusal(tx, actor, userId)
      await this.#parts.sessions.endAll(tx, userId, { reason: 'ended-by-staff' })
      await work?.(tx)
      const { withheld, ...shown } = set
      const hides = withheld === 1 ? { hides: 'true' } : {}
      const details = { ...shown, ...hides, ...(reason === undefined ? {} : { reason }) }
      const was = before && set.role ? { before: { role: before.role } } : {}
      await this.#parts.report({ type: event, userId, ...by(actor), ...was, details }, tx)
    })
  }

  /** SQLite has one writer; on PostgreSQL those who change owners on several nodes take turns. */
  async #takeTurns(tx: OpenTransaction): Promise<void> {
    if (tx.session.dialect === 'sqlite') return
    await tx.session.all(`select id from identities where role = 'owner' order by id for update`)
  }

  async #refusal(tx: OpenTransaction, actor: Acting, userId: string): Promise<Error> {
    const { db } = this.#tables.within(tx)
    const row = await db
      .selectFrom('identities')
      .select(['status', mayChange(actor).as('may')])
      .where('id', '=', userId)
      .executeTakeFirst()
    if (!row || row.status === 'deleted') return authErrors.QL_AUTH_NOBODY()
    return row.may ? authErrors.QL_AUTH_LAST_OWNER() : authErrors.QL_AUTH_RANK()
  }
}

const EVERYONE = sql<boolean>`1 = 1`
const NOT_LAST_OWNER = sql<boolean>`(role <> 'owner' or exists (select 1 from identities o
  where o.role = 'owner' and o.status = 'active' and o.id <> identities.id))`

/** Of the account in the row, by the actor's own role as it is at this moment. */
function mayChange(actor: Acting): RawBuilder<boolean> {
  if (actor === 'operator') return EVERYONE
  const below = RANKS.slice(0, actor.role === 'owner' ? RANKS.length : RANKS.indexOf(actor.role))
  const isBelow = below.length === 0 ? sql`1 = 0` : sql`identities.role in (${sql.join(below)})`
  return sql<boolean>`((${isBelow} or identities.id = ${actor.id}) and exists (
    select 1 from identities a
    where a.id = ${actor.id} and a.role = ${actor.role} and a.status = 'active'))`
}

function isAbove(role: Role, actor: Acting): boolean {
  return actor !== 'operator' && RANKS.indexOf(role) > RANKS.indexOf(actor.role)
}

function isAlready(
  before: Pick<IdentityTable, 'role' | 'status' | 'withheld'>,
  set: Change['set'],
): boolean {
  const after = { ...before, ...set }
  return (
    after.role === before.role &&
    after.status === before.status &&
    after.withheld === before.withheld
  )
}

function by(actor: Acting): Pick<SecurityEvent, 'actorId'> {
  return actor === 'operator' ? {} : { actorId: actor.id }
}
