import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Actor } from '../port/requests.ts'
import type { Audit } from '../audit/index.ts'
import type { Identity, StationAuth } from '../auth/index.ts'
import { authErrors } from '../auth/errors.ts'
import { deviceNameOf } from '../auth/sign-in/device-name.ts'
import type { AuthTables } from '../auth/tables.ts'
import type { Calls } from '../calls/calls.ts'
import { CodedError } from '../errors.ts'
import type { Bus } from '../events/bus.ts'
import type { MediaTables } from '../media/tables.ts'
import type { RealtimeHub } from '../realtime/hub/hub.ts'
import type { OpenSettings } from '../settings/station-settings.ts'
import { refusalsNoted } from './audited.ts'
import { type CountedColumn, countedOf } from './counted-people.ts'
import {
  countPeople,
  type ListedResident,
  listPeople,
  type ListParts,
  type PeopleQuery,
} from './people-list.ts'
import type {
  ActForMany,
  Outcome,
  People,
  PeopleCounts,
  PeoplePage,
  Person,
  PersonChange,
  PersonSession,
} from './people.ts'

export interface PeopleParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly calls: Calls
  readonly auth: StationAuth
  readonly audit: Audit
  readonly bus: Bus
  readonly realtime: Pick<RealtimeHub, 'people' | 'online'>
  readonly settings: OpenSettings
}

const DAY_MS = 86_400_000
const MAX_SESSIONS = 100
const MAX_EXPORTED = 50_000
const MAX_ACTED = 100
const PAGE = 100

/** As the audit log names what is done. */
const ACTIONS = {
  role: 'user.role-changed',
  block: 'user.blocked',
  unblock: 'user.unblocked',
  'end-sessions': 'user.sessions-ended',
} as const satisfies Readonly<Record<ActForMany['kind'], string>>

export class PeopleDesk implements People {
  readonly #parts: PeopleParts
  readonly #tables: Scope<AuthTables & MediaTables>

  constructor(parts: PeopleParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async list(query: PeopleQuery): Promise<PeoplePage> {
    const parts = this.#listing()
    const [page, total] = await Promise.all([listPeople(parts, query), countPeople(parts, query)])
    return { items: this.#shown(page.items), nextCursor: page.nextCursor, total }
  }

  async export(actor: Actor, query: PeopleQuery): Promise<readonly Person[]> {
    const parts = this.#listing()
    const people: Person[] = []
    let cursor: string | undefined
    do {
      const page = await listPeople(parts, { ...query, cursor, limit: PAGE })
      people.push(...this.#shown(page.items))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined && people.length < MAX_EXPORTED)
    const { search, role, status, seen } = query
    const asked = Object.entries({ search, role, status, seen }).filter(([, value]) => value)
    await this.#parts.audit.record({
      action: 'user.exported',
      outcome: 'done',
      actorId: actor.id,
      sessionId: actor.sessionId,
      after: { people: people.length, ...Object.fromEntries(asked) },
    })
    return people
  }

  async person(userId: string): Promise<Person> {
    const { items } = await listPeople(this.#listing(), { ids: [userId], limit: 1 })
    const [person] = this.#shown(items)
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

  counted(userIds: readonly string[]): Promise<readonly CountedColumn[]> {
    return countedOf(this.#parts, userIds)
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
    await this.#change(actor, userId, change)
    return this.person(userId)
  }

  async #change(actor: Actor, userId: string, change: PersonChange): Promise<void> {
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
  }

  async forMany(
    actor: Actor,
    userIds: readonly string[],
    act: ActForMany,
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = []
    for (const userId of [...new Set(userIds)].slice(0, MAX_ACTED)) {
      try {
        await this.#forOneOf(actor, userId, act)
        outcomes.push({ userId, problem: null })
      } catch (error) {
        if (!(error instanceof CodedError)) throw error
        const text = { en: error.text('en'), ru: error.text('ru') }
        outcomes.push({ userId, problem: { code: error.code, text } })
      }
    }
    return outcomes
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

  async #forOneOf(actor: Actor, userId: string, act: ActForMany): Promise<void> {
    if (userId === actor.id) {
      const attempt = { actor, action: ACTIONS[act.kind], subject: `user/${userId}` }
      return refusalsNoted(this.#parts.audit, attempt, async () => {
        throw authErrors.QL_AUTH_ONESELF()
      })
    }
    switch (act.kind) {
      case 'role':
        return this.#change(actor, userId, { role: act.role })
      case 'block':
        return this.#change(actor, userId, { ...act, status: 'blocked' })
      case 'unblock':
        return this.#change(actor, userId, { status: 'active' })
      case 'end-sessions':
        await this.endSessions(actor, userId)
    }
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

  #listing(): ListParts {
    const { database, clock, realtime } = this.#parts
    const { dialect } = database
    return { tables: this.#tables, dialect, now: clock.now(), here: () => realtime.people }
  }

  #shown(residents: readonly ListedResident[]): Person[] {
    const { realtime, settings } = this.#parts
    const here = new Set(realtime.online(residents.map(({ id }) => id)))
    const { quotaBytes } = settings.media
    return residents.map((one) => ({ ...one, quotaBytes, isOnline: here.has(one.id) }))
  }
}
