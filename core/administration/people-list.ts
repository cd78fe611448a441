import { type RawBuilder, sql } from 'kysely'
import type { Dialect, Scope } from '../../db/index.ts'
import type { Role } from '../port/requests.ts'
import type { Identity } from '../auth/index.ts'
import type { Resident } from '../auth/identity/residents.ts'
import type { AuthTables } from '../auth/tables.ts'
import type { MediaTables } from '../media/tables.ts'
import { peopleOrder } from './people-order.ts'

/** `now`: with an open socket; otherwise with a session renewed within that time. */
export type SeenWithin = 'now' | 'day' | 'week' | 'month'

/** `joined`: when the account was made; `stored`: what the person's uploads take. */
export type PeopleSort = 'joined' | 'name' | 'seen' | 'stored'

export interface PeopleFilter {
  /** What a user name or an address begins with. */
  readonly search?: string | undefined
  /** These accounts alone. */
  readonly ids?: readonly string[] | undefined
  readonly role?: Role | undefined
  /** Default: all but the deleted. */
  readonly status?: Identity['status'] | undefined
  readonly seen?: SeenWithin | undefined
}

export interface PeopleQuery extends PeopleFilter {
  /** Default `joined`. */
  readonly sort?: PeopleSort | undefined
  /** Default: names from the first letter, everything else from the latest or the most. */
  readonly order?: 'asc' | 'desc' | undefined
  /** What the page before answered as `nextCursor`; it fits the same order alone. */
  readonly cursor?: string | undefined
  /** At most 100. Default 50. */
  readonly limit?: number | undefined
}

/** An account with what its uploads take. */
export interface ListedResident extends Resident {
  readonly storedBytes: number
}

export interface ListParts {
  readonly tables: Scope<AuthTables & MediaTables>
  readonly dialect: Dialect
  readonly now: Date
  /** Who has an open socket. */
  readonly here: () => readonly string[]
}

export interface ListedPage {
  readonly items: readonly ListedResident[]
  readonly nextCursor: string | null
}

const MAX_PAGE = 100
const DAY_MS = 86_400_000
const DAYS = { day: 1, week: 7, month: 30 } as const
const NOBODY = sql<boolean>`1 = 0`
const EVERYBODY = sql<boolean>`1 = 1`

/** See `People.list`. Who stands on the page is decided first, and only they are looked at closely. */
export async function listPeople(parts: ListParts, query: PeopleQuery): Promise<ListedPage> {
  const { sort = 'joined', cursor, limit = 50 } = query
  const order = peopleOrder(query)
  const size = Math.min(Math.max(Math.trunc(limit), 1), MAX_PAGE)
  const key = keyOf(sort, parts.dialect)
  const after = placeIn(cursor, sort)
  const rows = await parts.tables.reader
    .selectFrom('identities as i')
    .select(['i.id', key.as('key')])
    .where(fits(parts, query))
    .where(after ? isBeyond(key, after, order) : EVERYBODY)
    .orderBy(key, order)
    .orderBy('i.id', order)
    .limit(size + 1)
    .execute()
  const shown = rows.slice(0, size)
  const last = rows.length > size ? shown.at(-1) : undefined
  const people = await lookedAt(
    parts,
    shown.map(({ id }) => id),
  )
  return {
    items: shown.flatMap(({ id }) => people.get(id) ?? []),
    nextCursor: last ? `${last.key}~${last.id}` : null,
  }
}

export async function countPeople(parts: ListParts, filter: PeopleFilter): Promise<number> {
  const { count } = await parts.tables.reader
    .selectFrom('identities as i')
    .select(({ fn }) => fn.countAll().as('count'))
    .where(fits(parts, filter))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function lookedAt(
  { tables }: ListParts,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListedResident>> {
  if (ids.length === 0) return new Map()
  const rows = await tables.reader
    .selectFrom('identities as i')
    .leftJoin('second_factors as f', (join) =>
      join.onRef('f.user_id', '=', 'i.id').on('f.confirmed_at', 'is not', null),
    )
    .leftJoin('media_usage as u', 'u.owner_id', 'i.id')
    .select(['i.id', 'i.username', 'i.email', 'i.role', 'i.status', 'i.created_at'])
    .select(['f.confirmed_at as second_factor_at', 'u.bytes'])
    .select(SEEN_AT.as('seen_at'))
    .where('i.id', 'in', ids)
    .execute()
  const people = rows.map((row): ListedResident => ({
    id: row.id,
    username: row.username,
    email: row.email,
    role: row.role,
    status: row.status,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    hasSecondFactor: row.second_factor_at !== null,
    storedBytes: row.bytes ?? 0,
  }))
  return new Map(people.map((person) => [person.id, person]))
}

const SEEN_AT = sql<
  string | null
>`(select max(s.rotated_at) from sessions s where s.user_id = i.id)`

/** By what the list is ordered; texts in the order of bytes, as the indexes of both databases are. */
function keyOf(sort: PeopleSort, dialect: Dialect): RawBuilder<string | number> {
  const bytes = dialect === 'sqlite' ? sql`` : sql` collate "C"`
  switch (sort) {
    case 'joined':
      return sql`i.created_at${bytes}`
    case 'name':
      return sql`i.username${bytes}`
    case 'seen':
      return sql`coalesce(${SEEN_AT}, '')${bytes}`
    case 'stored':
      return sql`coalesce((select u.bytes from media_usage u where u.owner_id = i.id), 0)`
  }
}

interface Place {
  readonly value: string | number
  readonly id: string
}

/** Of the last person of the page before; what is no place is the beginning. */
function placeIn(cursor: string | undefined, sort: PeopleSort): Place | undefined {
  const [, text, id] = /^([^~]*)~([^~]+)$/.exec(cursor ?? '') ?? []
  if (text === undefined || id === undefined) return undefined
  if (sort !== 'stored') return { value: text, id }
  return /^\d{1,15}$/.test(text) ? { value: Number(text), id } : undefined
}

/** Everybody behind a place, those of the same value by their ids: nobody is missed or met twice. */
function isBeyond(
  key: RawBuilder<string | number>,
  { value, id }: Place,
  order: 'asc' | 'desc',
): RawBuilder<boolean> {
  return order === 'asc'
    ? sql<boolean>`(${key}, i.id) > (${value}, ${id})`
    : sql<boolean>`(${key}, i.id) < (${value}, ${id})`
}

function fits(
  { dialect, now, here }: ListParts,
  { search = '', ids, role, status, seen }: PeopleFilter,
): RawBuilder<boolean> {
  const beginning = search.trim().replace(/^@/, '').toLowerCase()
  const asked = [
    status === undefined ? sql`i.status <> 'deleted'` : sql`i.status = ${status}`,
    role === undefined ? EVERYBODY : sql`i.role = ${role}`,
    ids === undefined ? EVERYBODY : isOneOf(ids),
    beginning === '' ? EVERYBODY : beginsWith(beginning, dialect),
    seen === undefined ? EVERYBODY : wasSeen(seen, now, here),
  ]
  return sql<boolean>`(${sql.join(asked, sql` and `)})`
}

function isOneOf(ids: readonly string[]): RawBuilder<boolean> {
  return ids.length === 0 ? NOBODY : sql<boolean>`i.id in (${sql.join(ids)})`
}

function wasSeen(seen: SeenWithin, now: Date, here: () => readonly string[]): RawBuilder<boolean> {
  if (seen === 'now') return isOneOf(here())
  const since = new Date(now.getTime() - DAYS[seen] * DAY_MS).toISOString()
  return sql<boolean>`exists (
    select 1 from sessions s where s.user_id = i.id and s.rotated_at >= ${since})`
}

/**
 * A range of the index, in the order of bytes, so that no character of what was typed is a
 * wildcard. SQLite orders so by itself; PostgreSQL has indexes of their own for it.
 */
function beginsWith(text: string, dialect: Dialect): RawBuilder<boolean> {
  const end = `${text}\u{10FFFF}`
  if (dialect === 'sqlite') {
    return sql<boolean>`(i.username >= ${text} and i.username < ${end}
      or i.email >= ${text} and i.email < ${end})`
  }
  return sql<boolean>`(i.username collate "C" >= ${text} and i.username collate "C" < ${end}
    or i.email collate "C" >= ${text} and i.email collate "C" < ${end})`
}
