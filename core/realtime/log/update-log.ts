import type { Database, Dialect, OpenTransaction, Row } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { StoredUpdate } from './update.ts'

/**
 * On PostgreSQL the lock that publishers of events take as well: numbers are given in the order of
 * commits, and two processes that tell the same people never wait for each other in a circle.
 */
const NEXT: Record<Dialect, string> = {
  sqlite: `insert into realtime_heads (user_id, pts, floor_pts) values (?, 1, 0)
    on conflict (user_id) do update set pts = realtime_heads.pts + 1 returning pts`,
  postgres: `insert into realtime_heads (user_id, pts, floor_pts) select ?::text, 1, 0
    from (select pg_advisory_xact_lock(7316002)) as turn
    on conflict (user_id) do update set pts = realtime_heads.pts + 1 returning pts`,
}
const APPEND = `insert into realtime_updates (user_id, pts, type, data, resolver, at)
  values (?, ?, ?, ?, ?, ?) returning seq`
const LOCK = 'select pg_advisory_xact_lock(7316002)'
const NEXT_ALL: Record<Dialect, string> = {
  sqlite: `insert into realtime_heads (user_id, pts, floor_pts)
    select value, 1, 0 from json_each(?) where true
    on conflict (user_id) do update set pts = realtime_heads.pts + 1 returning user_id, pts`,
  postgres: `insert into realtime_heads (user_id, pts, floor_pts)
    select person, 1, 0 from jsonb_array_elements_text(?::jsonb) as person
    on conflict (user_id) do update set pts = realtime_heads.pts + 1 returning user_id, pts`,
}
const APPEND_ALL: Record<Dialect, string> = {
  sqlite: `insert into realtime_updates (user_id, pts, type, data, resolver, at)
    select json_extract(value, '$[0]'), json_extract(value, '$[1]'), ?, ?, ?, ? from json_each(?)
    returning seq, user_id, pts`,
  postgres: `insert into realtime_updates (user_id, pts, type, data, resolver, at)
    select line ->> 0, (line ->> 1)::bigint, ?::text, ?::text, ?::text, ?::text
    from jsonb_array_elements(?::jsonb) as line returning seq, user_id, pts`,
}
const RING = `insert into realtime_updates (user_id, pts, type, data, at)
  values (?, ?, 'topic', '{}', ?) returning seq`
const READ = `select pts, type, data, resolver as "toldBy" from realtime_updates
  where user_id = ? and pts > ? order by pts limit ?`
const NEWS = 'select seq, user_id, pts from realtime_updates where seq > ? order by seq limit ?'

/** Stands before the name of a topic where a person's id stands. */
export const TOPIC = 'topic:'

/** One row of the log as whoever keeps sockets needs to know it. */
export interface News {
  readonly seq: number
  readonly userId: string
  readonly pts: number
}

/** How far somebody's log goes. */
export interface Head {
  readonly pts: number
  /** Updates up to here are no longer kept. */
  readonly floor: number
}

/** Per person a dense list of what they should know, written beside the change it tells of. */
export class UpdateLog {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  async append(
    tx: OpenTransaction,
    userId: string,
    { type, data, toldBy }: Omit<StoredUpdate, 'pts'>,
  ): Promise<News> {
    const { session } = tx
    const at = this.#clock.now().toISOString()
    const [head] = await session.all(NEXT[session.dialect], [userId])
    const pts = Number(head?.['pts'])
    const [row] = await session.all(APPEND, [userId, pts, type, data, toldBy, at])
    return { seq: Number(row?.['seq']), userId, pts }
  }

  /** The same line for many people, each named once. @returns in the order of `seq`. */
  async appendAll(
    { session }: OpenTransaction,
    userIds: readonly string[],
    { type, data, toldBy }: Omit<StoredUpdate, 'pts'>,
  ): Promise<News[]> {
    if (userIds.length === 0) return []
    const at = this.#clock.now().toISOString()
    if (session.dialect === 'postgres') await session.all(LOCK)
    const heads = await session.all(NEXT_ALL[session.dialect], [JSON.stringify(userIds)])
    const lines = heads.map((row) => [String(row['user_id']), Number(row['pts'])])
    const parameters = [type, data, toldBy, at, JSON.stringify(lines)]
    const rows = await session.all(APPEND_ALL[session.dialect], parameters)
    return rows.map(newsIn).toSorted((a, b) => a.seq - b.seq)
  }

  /** Wakes other processes for a topic. @returns the place in the order of commits. */
  async ring({ session }: OpenTransaction, topic: string, ev: number): Promise<number> {
    if (session.dialect === 'postgres') await session.all(LOCK)
    const at = this.#clock.now().toISOString()
    const [row] = await session.all(RING, [`${TOPIC}${topic}`, ev, at])
    return Number(row?.['seq'])
  }

  /** Updates of a person after `pts`, oldest first. */
  async read(userId: string, pts: number, limit: number): Promise<StoredUpdate[]> {
    const rows = await this.#database.reader.all(READ, [userId, pts, limit])
    /* All columns come in these types from both databases. */
    return rows as unknown as StoredUpdate[]
  }

  async head(userId: string): Promise<Head> {
    const [row] = await this.#database.reader.all(
      'select pts, floor_pts from realtime_heads where user_id = ?',
      [userId],
    )
    return { pts: Number(row?.['pts'] ?? 0), floor: Number(row?.['floor_pts'] ?? 0) }
  }

  /** Rows of everybody after `seq`, in the order of their commits. */
  async news(seq: number, limit: number): Promise<News[]> {
    return (await this.#database.reader.all(NEWS, [seq, limit])).map(newsIn)
  }

  async lastSeq(): Promise<number> {
    const [row] = await this.#database.reader.all('select max(seq) as seq from realtime_updates')
    return Number(row?.['seq'] ?? 0)
  }
}

function newsIn(row: Row): News {
  return { seq: Number(row['seq']), userId: String(row['user_id']), pts: Number(row['pts']) }
}
