import type { Database, Dialect, OpenTransaction, Row } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Update } from './update.ts'

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
const APPEND = `insert into realtime_updates (user_id, pts, type, data, at)
  values (?, ?, ?, ?, ?) returning seq`
const READ = `select pts, type, data from realtime_updates
  where user_id = ? and pts > ? order by pts limit ?`
const NEWS = 'select seq, user_id, pts from realtime_updates where seq > ? order by seq limit ?'

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

  async append(tx: OpenTransaction, userId: string, update: Omit<Update, 'pts'>): Promise<News> {
    const { session } = tx
    const at = this.#clock.now().toISOString()
    const [head] = await session.all(NEXT[session.dialect], [userId])
    const pts = Number(head?.['pts'])
    const [row] = await session.all(APPEND, [userId, pts, update.type, update.data, at])
    return { seq: Number(row?.['seq']), userId, pts }
  }

  /** Updates of a person after `pts`, oldest first. */
  async read(userId: string, pts: number, limit: number): Promise<Update[]> {
    const rows = await this.#database.reader.all(READ, [userId, pts, limit])
    /* All three columns come in these types from both databases. */
    return rows as unknown as Update[]
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
