import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Actor, Clock, Role } from '../app.ts'
import type { Audit } from '../audit/index.ts'
import type { Identity, StationAuth } from '../auth/index.ts'
import { authErrors } from '../auth/errors.ts'
import { type DeviceName, deviceNameOf } from '../auth/device-name.ts'
import type { Resident, ResidentQuery } from '../auth/residents.ts'
import type { AuthTables } from '../auth/tables.ts'
import type { Bus } from '../events/bus.ts'
import type { MediaTables } from '../media/tables.ts'
import { refusalsNoted } from './audited.ts'

/** An account as the administration shows it. */
export interface Person extends Resident {
  /** What the person's uploads take. */
  readonly storedBytes: number
}

export interface PeoplePage {
  readonly items: readonly Person[]
  /** null at the end. */
  readonly nextCursor: string | null
}

/** One place where a person is signed in. */
export interface PersonSession {
  readonly id: string
  /** ISO 8601, UTC */
  readonly createdAt: string
  /** When it was last renewed, to ten minutes. */
  readonly usedAt: string
  readonly ip: string
  /** As it was sent. */
  readonly userAgent: string
  readonly device: DeviceName
}

export interface PersonChange {
  readonly role?: Role | undefined
  readonly status?: 'active' | 'blocked' | undefined
  /** With a block: what the person has published is shown to nobody but staff. Default true. */
  readonly hides?: boolean | undefined
  /** Why; for the audit log. */
  readonly reason?: string | undefined
}

export interface PeopleCounts {
  /** All but the deleted. */
  readonly all: number
  readonly blocked: number
  /** With a session renewed within the last 24 hours. */
  readonly today: number
}

/** People and their sessions. */
export interface People {
  /** Newest first. */
  list(query: ResidentQuery): Promise<PeoplePage>
  counts(): Promise<PeopleCounts>
  /** @throws QL_AUTH_NOBODY, for the deleted as well. */
  person(userId: string): Promise<Person>
  /** Open ones, the last used first; at most 100. */
  sessions(userId: string): Promise<readonly PersonSession[]>
  /**
   * Gives a role, blocks or unblocks. What already is so is no change.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK, QL_AUTH_LAST_OWNER.
   */
  change(actor: Actor, userId: string, change: PersonChange): Promise<Person>
  /** @returns how many were open. @throws QL_AUTH_NOBODY, QL_AUTH_RANK. */
  endSessions(actor: Actor, userId: string): Promise<number>
  /** @throws QL_AUTH_NOBODY, also for a session that is not this person's; QL_AUTH_RANK. */
  endSession(actor: Actor, userId: string, sessionId: string): Promise<void>
  /**
   * Ends the sessions of everybody but the one that acts; owners alone.
   *
   * @returns how many were open. @throws QL_AUTH_RANK.
   */
  endEverybody(actor: Actor): Promise<number>
  /**
   * Takes the second factor away from a person who has lost it, and ends their sessions.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK, QL_AUTH_FACTOR_OFF.
   */
  takeFactorAway(actor: Actor, userId: string): Promise<Person>
  /**
   * A letter with a link by which the person chooses a new password; staff choose none for anybody.
   *
   * @returns false where the station sends no mail and the letter waits in the owner's mailbox.
   * @throws QL_AUTH_NOBODY, also for a blocked account; QL_AUTH_RANK.
   */
  sendReset(actor: Actor, userId: string): Promise<boolean>
}

export interface PeopleParts {
  readonly database: Database
  readonly clock: Clock
  readonly auth: StationAuth
  readonly audit: Audit
  readonly bus: Bus
}

const DAY_MS = 86_400_000
const MAX_SESSIONS = 100

export class PeopleDesk implements People {
  readonly #parts: PeopleParts
  readonly #tables: Scope<AuthTables & MediaTables>

  constructor(parts: PeopleParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async list(query: ResidentQuery): Promise<PeoplePage> {
    const { items, nextCursor } = await this.#parts.auth.residents.list(query)
    return { items: await this.#withStorage(items), nextCursor }
  }

  async person(userId: string): Promise<Person> {
    const { items } = await this.list({ id: userId, limit: 1 })
    const [person] = items
    if (!person) throw authErrors.QL_AUTH_NOBODY()
    return person
  }

  async counts(): Promise<PeopleCounts> {
    const { reader } = this.#tables
    const since = new Date(this.#parts.clock.now().getTime() - DAY_MS).toISOString()
    const [byStatus, seen] = await Promise.all([
      reader
        .selectFrom('identities')
        .select(({ fn }) => ['status', fn.countAll().as('count')])
        .where('status', '!=', 'deleted')
        .groupBy('status')
        .execute(),
      reader
        .selectFrom('sessions')
        .select(({ fn }) => fn.count('user_id').distinct().as('count'))
        .where('rotated_at', '>=', since)
        .executeTakeFirstOrThrow(),
    ])
    const of = (wanted: Identity['status']): number =>
      Number(byStatus.find(({ status }) => status === wanted)?.count ?? 0)
    const blocked = of('blocked')
    return { all: of('active') + blocked, blocked, today: Number(seen.count) }
  }

  async sessions(userId: string): Promise<readonly PersonSession[]> {
    const rows = await this.#tables.reader
      .selectFrom('sessions as s')
      .innerJoin('identities as i', 'i.id', 's.user_id')
      .select(['s.id', 's.created_at', 's.rotated_at', 's.ip', 's.user_agent'])
      .where('s.user_id', '=', userId)
      .where('s.ended_at', 'is', null)
      .where('s.expires_at', '>', this.#parts.clock.now().toISOString())
      .whereRef('s.epoch', '=', 'i.epoch')
      .orderBy('s.rotated_at', 'desc')
      .limit(MAX_SESSIONS)
      .execute()
    return rows.map((row) => ({
      id: row.id,
      createdAt: row.created_at,
      usedAt: row.rotated_at,
      ip: row.ip,
      userAgent: row.user_agent,
      device: deviceNameOf(row.user_agent),
    }))
  }

  async change(actor: Actor, userId: string, change: PersonChange): Promise<Person> {
    const { role, status, reason, hides = true } = change
    const { residents } = this.#parts.auth
    if (role !== undefined) {
      await this.#noted(actor, 'user.role-changed', userId, { role }, () =>
        residents.setRole(actor, userId, role),
      )
    }
    if (status === 'blocked') {
      await this.#noted(actor, 'user.blocked', userId, { status, hides }, () =>
        residents.block(actor, userId, {
          hides,
          ...(reason === undefined ? {} : { reason }),
          work: (tx) => this.#tell(tx, actor, 'user.blocked', { id: userId, hides }),
        }),
      )
    }
    if (status === 'active') {
      await this.#noted(actor, 'user.unblocked', userId, { status }, () =>
        residents.unblock(actor, userId, (tx) =>
          this.#tell(tx, actor, 'user.unblocked', { id: userId }),
        ),
      )
    }
    return this.person(userId)
  }

  endSessions(actor: Actor, userId: string): Promise<number> {
    return this.#noted(actor, 'user.sessions-ended', userId, {}, () =>
      this.#parts.auth.residents.endSessions(actor, userId),
    )
  }

  async endSession(actor: Actor, userId: string, sessionId: string): Promise<void> {
    await this.#noted(actor, 'user.sessions-ended', userId, {}, () =>
      this.#parts.auth.residents.endSession(actor, userId, sessionId),
    )
  }

  endEverybody(actor: Actor): Promise<number> {
    const { audit, auth } = this.#parts
    const attempt = { actor, action: 'session.all-ended', subject: 'sessions' }
    return refusalsNoted(audit, attempt, () => auth.residents.endEverybody(actor))
  }

  async takeFactorAway(actor: Actor, userId: string): Promise<Person> {
    await this.#noted(actor, 'second-factor.removed', userId, {}, () =>
      this.#parts.auth.residents.takeFactorAway(actor, userId),
    )
    return this.person(userId)
  }

  async sendReset(actor: Actor, userId: string): Promise<boolean> {
    const { links } = this.#parts.auth
    await this.#noted(actor, 'reset.sent', userId, {}, () => links.sendReset(actor, userId))
    return links.areCarried
  }

  #noted<Result>(
    actor: Actor,
    action: string,
    userId: string,
    after: Readonly<Record<string, string | boolean>>,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const attempt = { actor, action, subject: `user/${userId}`, after }
    return refusalsNoted(this.#parts.audit, attempt, act)
  }

  async #tell(
    tx: OpenTransaction,
    actor: Actor,
    type: 'user.blocked' | 'user.unblocked',
    data: { readonly id: string; readonly hides?: boolean },
  ): Promise<void> {
    const { id } = data
    const touches = [`blog/${id}`, 'posts', 'people']
    const event = { type, source: '/core', subject: `user/${id}`, data, touches }
    await this.#parts.bus.publish(tx, { ...event, actor: actor.id })
  }

  async #withStorage(residents: readonly Resident[]): Promise<readonly Person[]> {
    if (residents.length === 0) return []
    const rows = await this.#tables.reader
      .selectFrom('media_usage')
      .select(['owner_id', 'bytes'])
      .where(
        'owner_id',
        'in',
        residents.map(({ id }) => id),
      )
      .execute()
    const bytes = new Map(rows.map((row) => [row.owner_id, row.bytes]))
    return residents.map((resident) => ({ ...resident, storedBytes: bytes.get(resident.id) ?? 0 }))
  }
}
