import type { Database, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor } from '../../port/requests.ts'
import { networkOf } from '../../network.ts'
import { type DeviceName, deviceNameOf } from '../sign-in/device-name.ts'
import { authErrors } from '../errors.ts'
import { idleMs } from './session-limits.ts'
import type { Sessions } from './sessions.ts'
import type { AuthTables, SessionTable } from '../tables.ts'

const MAX_LISTED = 100
const DAY_MS = 86_400_000
const UNUSUAL_DAYS = 30

/** One place where a person is signed in, as they see it. */
export interface OwnSession {
  readonly id: string
  readonly device: DeviceName
  readonly ip: string
  /** ISO 8601, UTC */
  readonly createdAt: string
  /** To ten minutes. */
  readonly usedAt: string
  readonly isCurrent: boolean
  /** Begun within thirty days from a network and with a program that no session before had. */
  readonly isUnusual: boolean
}

/** Where a person is signed in, and the end of it. */
export interface OwnSessions {
  /** The current one first, then by last use; at most 100. */
  list(actor: Actor): Promise<readonly OwnSession[]>
  /** At once and everywhere. @throws QL_AUTH_SESSION_NOT_FOUND also for somebody else's. */
  end(actor: Actor, sessionId: string): Promise<void>
  /** All but the current one. @returns how many that were. */
  endOthers(actor: Actor): Promise<number>
}

type Row = Pick<
  SessionTable,
  'id' | 'created_at' | 'rotated_at' | 'ended_at' | 'expires_at' | 'epoch' | 'ip' | 'user_agent'
>

export class OwnSessionRows implements OwnSessions {
  readonly #database: Database
  readonly #tables: Scope<AuthTables>
  readonly #clock: Clock
  readonly #sessions: Sessions

  constructor(database: Database, clock: Clock, sessions: Sessions) {
    this.#database = database
    this.#tables = database.scope('')
    this.#clock = clock
    this.#sessions = sessions
  }

  async list(actor: Actor): Promise<readonly OwnSession[]> {
    const rows = await this.#tables.reader
      .selectFrom('sessions as s')
      .innerJoin('identities as i', 'i.id', 's.user_id')
      .select(['s.id', 's.created_at', 's.rotated_at', 's.ended_at', 's.expires_at', 's.epoch'])
      .select(['s.ip', 's.user_agent', 'i.epoch as current_epoch'])
      .where('s.user_id', '=', actor.id)
      .orderBy('s.created_at')
      .execute()
    const now = this.#clock.now().getTime()
    const unused = new Date(now - idleMs(actor.role)).toISOString()
    const alive = rows.filter(
      (row) =>
        row.ended_at === null &&
        row.epoch === row.current_epoch &&
        row.expires_at > new Date(now).toISOString() &&
        row.rotated_at > unused,
    )
    return alive
      .map((row) => this.#seen(row, actor, rows, now))
      .toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || compare(b.usedAt, a.usedAt))
      .slice(0, MAX_LISTED)
  }

  async end({ id }: Actor, sessionId: string): Promise<void> {
    const isEnded = await this.#database.transaction((tx) =>
      this.#sessions.endWithin(tx, { sessionId, userId: id }, 'ended-elsewhere'),
    )
    if (!isEnded) throw authErrors.QL_AUTH_SESSION_NOT_FOUND()
  }

  endOthers({ id, sessionId }: Actor): Promise<number> {
    return this.#database.transaction((tx) =>
      this.#sessions.endAll(tx, id, { except: sessionId, reason: 'ended-elsewhere' }),
    )
  }

  #seen(row: Row, actor: Actor, all: readonly Row[], now: number): OwnSession {
    const isCurrent = row.id === actor.sessionId
    const isRecent = now - Date.parse(row.created_at) < UNUSUAL_DAYS * DAY_MS
    return {
      id: row.id,
      device: deviceNameOf(row.user_agent),
      ip: row.ip,
      createdAt: row.created_at,
      usedAt: row.rotated_at,
      isCurrent,
      isUnusual: !isCurrent && isRecent && isFirstOfItsKind(row, all),
    }
  }
}

/** Unlike everything before it; the very first session has nothing to differ from. */
function isFirstOfItsKind(row: Row, all: readonly Row[]): boolean {
  const before = all.filter(({ id, created_at }) => created_at < row.created_at && id !== row.id)
  const same = ({ ip, user_agent }: Row): boolean =>
    networkOf(ip) === networkOf(row.ip) || nameOf(user_agent) === nameOf(row.user_agent)
  return before.length > 0 && !before.some(same)
}

function nameOf(userAgent: string): string {
  const { browser, system } = deviceNameOf(userAgent)
  return `${browser} ${system}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
