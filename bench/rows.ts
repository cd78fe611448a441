import type { DatabaseSync } from 'node:sqlite'

const statements = new WeakMap<DatabaseSync, Map<string, ReturnType<DatabaseSync['prepare']>>>()

/** One row; the statement is prepared once. */
export function insert<Table extends object>(raw: DatabaseSync, table: string, row: Table): void {
  const known = statements.get(raw) ?? new Map<string, ReturnType<DatabaseSync['prepare']>>()
  statements.set(raw, known)
  let statement = known.get(table)
  if (!statement) {
    const columns = Object.keys(row)
    const places = columns.map(() => '?').join(', ')
    statement = raw.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`)
    known.set(table, statement)
  }
  statement.run(...(Object.values(row) as (string | number | Uint8Array | null)[]))
}
