import { csvLine } from '../csv.ts'
import type { AuditLog } from './audit-log.ts'
import type { AuditFilter, AuditRecord } from './index.ts'

/** More rows than this are asked for by the month. */
const MAX_ROWS = 50_000
const PAGE = 100

const COLUMNS = [
  'seq',
  'at',
  'action',
  'outcome',
  'actorId',
  'subject',
  'ip',
  'sessionId',
  'before',
  'after',
] as const satisfies readonly (keyof AuditRecord)[]

/** The newest 50 000 rows that fit, newest first, as a table or as JSON lines. */
export async function exportAudit(
  log: Pick<AuditLog, 'list'>,
  filter: AuditFilter,
  format: 'csv' | 'json',
): Promise<string> {
  const lines = format === 'csv' ? [COLUMNS.join(',')] : []
  let cursor: string | undefined
  for (let rows = 0; rows < MAX_ROWS; rows += PAGE) {
    const page = await log.list(filter, PAGE, cursor)
    for (const record of page.items) {
      lines.push(format === 'csv' ? recordLine(record) : JSON.stringify(record))
    }
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return `${lines.join(format === 'csv' ? '\r\n' : '\n')}${format === 'csv' ? '\r\n' : '\n'}`
}

function recordLine(record: AuditRecord): string {
  return csvLine(COLUMNS.map((name) => record[name]))
}
