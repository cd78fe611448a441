import type { Database, OpenTransaction, Row } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import { MAX_BEHIND } from '../limits.ts'

export const KEPT_DAYS = 30

const DAY_MS = 86_400_000
const BATCH = 1_000
const OLDEST = 'select seq, user_id, pts, at from realtime_updates order by seq limit ?'
const LONG = 'select user_id, pts, floor_pts from realtime_heads where pts - floor_pts > ? limit ?'
const RAISE = 'update realtime_heads set floor_pts = ? where user_id = ? and floor_pts < ?'

/**
 * Forgets updates that nobody can resume from: older than thirty days, or more than 5 000 behind
 * their person's newest. In short transactions, so that nobody waits for the whole of it.
 *
 * @returns how many rows are gone.
 */
export async function trimUpdates(database: Database, clock: Clock): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS).toISOString()
  let gone = 0
  for (;;) {
    const trimmed = (await trimOld(database, before)) + (await trimLong(database))
    if (trimmed === 0) return gone
    gone += trimmed
  }
}

/** Rows stand in the order of their commits, so the old ones are at the beginning. */
async function trimOld(database: Database, before: string): Promise<number> {
  const rows = await database.reader.all(OLDEST, [BATCH])
  const end = rows.findIndex((row) => String(row['at']) >= before)
  const old = end < 0 ? rows : rows.slice(0, end)
  const last = old.at(-1)
  if (!last) return 0
  const floors = new Map(old.map((row) => [String(row['user_id']), Number(row['pts'])]))
  return database.transaction(async (tx) => {
    for (const [userId, pts] of floors) await raiseFloor(tx, userId, pts)
    const { changes } = await tx.session.run('delete from realtime_updates where seq <= ?', [
      Number(last['seq']),
    ])
    return changes
  })
}

async function trimLong(database: Database): Promise<number> {
  const rows = await database.reader.all(LONG, [MAX_BEHIND, BATCH])
  let gone = 0
  for (const row of rows) gone += await shorten(database, row)
  return gone
}

function shorten(database: Database, row: Row): Promise<number> {
  const userId = String(row['user_id'])
  const surplus = Number(row['pts']) - MAX_BEHIND - Number(row['floor_pts'])
  const floor = Number(row['floor_pts']) + Math.min(surplus, BATCH)
  return database.transaction(async (tx) => {
    await raiseFloor(tx, userId, floor)
    await tx.session.run('delete from realtime_updates where user_id = ? and pts <= ?', [
      userId,
      floor,
    ])
    return Math.min(surplus, BATCH)
  })
}

async function raiseFloor(tx: OpenTransaction, userId: string, pts: number): Promise<void> {
  await tx.session.run(RAISE, [pts, userId, pts])
}
