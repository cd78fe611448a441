import { type RawBuilder, sql } from 'kysely'
import type { Dialect, Scope } from '../../db/index.ts'
import type { Resident, ResidentQuery } from './residents.ts'
import type { AuthTables } from './tables.ts'

const MAX_PAGE = 100

/** See `Residents.list`. */
export async function listResidents(
  { reader }: Scope<AuthTables>,
  dialect: Dialect,
  { search = '', id, role, status, cursor, limit = 50 }: ResidentQuery,
): Promise<{ items: readonly Resident[]; nextCursor: string | null }> {
  const size = Math.min(Math.max(Math.trunc(limit), 1), MAX_PAGE)
  let query = reader
    .selectFrom('identities as i')
    .leftJoin('second_factors as f', (join) =>
      join.onRef('f.user_id', '=', 'i.id').on('f.confirmed_at', 'is not', null),
    )
    .select(['i.id', 'i.username', 'i.email', 'i.role', 'i.status', 'i.created_at'])
    .select('f.confirmed_at as second_factor_at')
    .select((all) =>
      all
        .selectFrom('sessions as s')
        .select(({ fn }) => fn.max('s.rotated_at').as('at'))
        .whereRef('s.user_id', '=', 'i.id')
        .as('seen_at'),
    )
    .where('i.status', status === undefined ? '!=' : '=', status ?? 'deleted')
    .orderBy('i.id', 'desc')
    .limit(size + 1)
  if (role !== undefined) query = query.where('i.role', '=', role)
  if (cursor !== undefined) query = query.where('i.id', '<', cursor)
  if (id !== undefined) query = query.where('i.id', '=', id)
  const beginning = search.trim().replace(/^@/, '').toLowerCase()
  if (beginning !== '') query = query.where(beginsWith(beginning, dialect))
  const rows = await query.execute()
  const items = rows.slice(0, size).map((row): Resident => ({
    id: row.id,
    username: row.username,
    email: row.email,
    role: row.role,
    status: row.status,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    hasSecondFactor: row.second_factor_at !== null,
  }))
  return { items, nextCursor: rows.length > size ? (items.at(-1)?.id ?? null) : null }
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
