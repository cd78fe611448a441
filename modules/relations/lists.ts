import { errors } from './errors.ts'
import type { Reader } from './relations.ts'
import type { Kind } from './tables.ts'

/** One end of a relation in a list, newest first. */
export interface Listed {
  readonly id: string
  /** ISO 8601, UTC */
  readonly since: string
}

export interface Slice {
  readonly items: readonly Listed[]
  /** Begins the next part; null at the end. */
  readonly nextCursor: string | null
}

export interface Question {
  readonly userId: string
  readonly kind: Kind
  /** `from`: whom the person follows, mutes or blocks; `to`: who does it to the person. */
  readonly end: 'from' | 'to'
  readonly limit: number
  /** Without those the person has muted. */
  readonly heard?: boolean | undefined
  readonly cursor?: string | undefined
}

/** @throws QL_RELATIONS_CURSOR for a cursor no list has given. */
export async function listRelations(
  reader: Reader,
  { userId, kind, end, limit, heard, cursor }: Question,
): Promise<Slice> {
  const [own, other] =
    end === 'from' ? (['user_id', 'target_id'] as const) : (['target_id', 'user_id'] as const)
  const after = cursor === undefined ? undefined : placeIn(cursor)
  const rows = await reader
    .selectFrom('relations_edges')
    .select([`${other} as id`, 'created_at as since'])
    .where(own, '=', userId)
    .where('kind', '=', kind)
    .$if(heard === true, (query) => query.where(other, 'not in', mutedBy(reader, userId)))
    .$if(after !== undefined, (query) =>
      query.where((edge) =>
        edge.or([
          edge('created_at', '<', after?.since ?? ''),
          edge.and([
            edge('created_at', '=', after?.since ?? ''),
            edge(other, '<', after?.id ?? ''),
          ]),
        ]),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy(other, 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}

function mutedBy(reader: Reader, userId: string) {
  return reader
    .selectFrom('relations_edges')
    .select('target_id')
    .where('user_id', '=', userId)
    .where('kind', '=', 'mute')
}

const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const FORM = new RegExp(`^(${INSTANT}) ([0-9a-f-]{36})$`)

function cursorOf({ id, since }: Listed): string {
  return Buffer.from(`${since} ${id}`).toString('base64url')
}

function placeIn(cursor: string): Listed {
  const [, since, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (since === undefined || id === undefined) throw errors.QL_RELATIONS_CURSOR()
  return { id, since }
}
