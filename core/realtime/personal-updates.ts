import type { Database } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'

const PART = 1_000

/**
 * The update logs. A person's own log is removed; where they stand in another's, the line loses its
 * content and keeps its number, because numbers have no gaps.
 */
export function personalUpdates(database: Database): PersonalDataOwner {
  return {
    export: async ({ userId, after = '0' }) => {
      const rows = await database.reader.all(
        `select pts, type, data, at from realtime_updates where user_id = ? and pts > ?
         order by pts limit ?`,
        [userId, Number(after), PART],
      )
      const json = rows.map(({ pts = 0, type, data, at }) => {
        return {
          pts: Number(pts),
          type: String(type),
          data: JSON.parse(String(data)),
          at: String(at),
        }
      })
      const last = rows.at(-1)?.['pts']
      const files = rows.length === 0 ? [] : [{ path: `updates-${after}.json`, json }]
      return rows.length === PART ? { files, next: String(last) } : { files }
    },
    erase: async ({ userId }) =>
      database.transaction(async ({ session }) => {
        const own = await session.run('delete from realtime_updates where user_id = ?', [userId])
        await session.run('delete from realtime_heads where user_id = ?', [userId])
        const others = await session.run(
          `update realtime_updates set data = '{}' where data like ?`,
          [`%${userId}%`],
        )
        return { erased: { updates: own.changes, mentions: others.changes } }
      }),
  }
}
