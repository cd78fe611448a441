import type { Database } from '../../db/index.ts'
import type { PersonalDataOwner } from '../privacy/index.ts'
import type { AuditTables } from './tables.ts'

/** Rows of one part. */
const PART = 1_000

/**
 * What a person has done here and what was done to their account. The log is sealed row upon row,
 * so nothing of it is erased before its own time is over; by then it knows nobody but an id.
 */
export function personalAudit(database: Database): PersonalDataOwner {
  const tables = database.scope<AuditTables>('')
  return {
    export: async ({ userId, after = '0' }) => {
      const rows = await tables.reader
        .selectFrom('audit_log')
        .select(['seq', 'at', 'action', 'outcome', 'subject', 'ip'])
        .where((row) =>
          row.or([row('actor_id', '=', userId), row('subject', '=', `user/${userId}`)]),
        )
        .where('seq', '>', Number(after))
        .orderBy('seq')
        .limit(PART)
        .execute()
      const last = rows.length === PART ? rows.at(-1) : undefined
      const path = after === '0' ? 'audit.json' : `audit-${after}.json`
      return {
        files: rows.length === 0 && after !== '0' ? [] : [{ path, json: rows }],
        ...(last ? { next: String(last.seq) } : {}),
      }
    },
    erase: async () => ({ erased: {} }),
  }
}
