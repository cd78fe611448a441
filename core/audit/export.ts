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
      lines.push(format === 'csv' ? csvLine(record) : JSON.stringify(record))
    }
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return `${lines.join(format === 'csv' ? '\r\n' : '\n')}${format === 'csv' ? '\r\n' : '\n'}`
}

function csvLine(record: AuditRecord): string {
  return COLUMNS.map((name) => csvCell(record[name])).join(',')
}

/**
 * A cell that a spreadsheet shows and does not run (OWASP: CSV injection): what begins like a
 * formula gets an apostrophe, and everything but a number stands in quotes (RFC 4180).
 */
export function csvCell(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
