import type { Database, OpenTransaction } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'

const PART = 1_000

/**
 * The event log. Events name people by their id; those that do are removed, with what is left to
 * deliver of them. Consumers count by the log's own numbers and pass over gaps.
 */
export function personalEvents(database: Database): PersonalDataOwner {
  return {
    export: async ({ userId, after = '0' }) => {
      const rows = await database.reader.all(
        `select seq, envelope from events where seq > ? and envelope like ? order by seq limit ?`,
        [Number(after), `%"actor":"${userId}"%`, PART],
      )
      const events = rows.map((row) => JSON.parse(String(row['envelope'])))
      const last = rows.at(-1)?.['seq']
      const files = [{ path: `events-${after}.json`, json: events }]
      return rows.length === PART ? { files, next: String(last) } : { files }
    },
    erase: async ({ userId }) => {
      const [row] = await database.reader.all('select max(seq) as seq from events')
      const last = Number(row?.['seq'] ?? 0)
      let events = 0
      for (let from = 0; from < last; from += PART * 10) {
        const until = Math.min(from + PART * 10, last)
        events += await database.transaction((tx) => eraseBetween(tx, userId, from, until))
      }
      return { erased: { events } }
    },
  }
}

async function eraseBetween(
  tx: OpenTransaction,
  userId: string,
  from: number,
  until: number,
): Promise<number> {
  const where = `seq > ? and seq <= ? and envelope like ?`
  const parameters = [from, until, `%${userId}%`]
  await tx.session.run(
    `delete from event_deliveries where seq in (select seq from events where ${where})`,
    parameters,
  )
  const { changes } = await tx.session.run(`delete from events where ${where}`, parameters)
  return changes
}
