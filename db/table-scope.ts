import type { CompiledQuery } from 'kysely'
import type { Guard } from './kysely.ts'

/** Raised at the first query that names a table of another owner. */
export class ForeignTableError extends Error {
  override readonly name = 'ForeignTableError'

  constructor(table: string, prefix: string) {
    super(`The table ${table} does not begin with ${prefix}`)
  }
}

/**
 * Refuses queries over tables outside `prefix`. Every distinct SQL text is looked through once,
 * so that repeated queries cost a set look-up. Raw SQL fragments are not parsed: the scope keeps
 * honest code honest, hostile code never gets a database handle.
 */
export function ownTablesOnly(prefix: string): Guard {
  if (prefix === '') return () => undefined
  const seen = new Set<string>()
  return ({ query, sql }: CompiledQuery) => {
    if (seen.has(sql)) return
    const local = new Set<string>()
    collect(query, 'CommonTableExpressionNameNode', local)
    collect(query, 'AliasNode', local)
    const tables = new Set<string>()
    collect(query, 'SchemableIdentifierNode', tables)
    for (const table of tables) {
      if (!table.startsWith(prefix) && !local.has(table)) throw new ForeignTableError(table, prefix)
    }
    if (seen.size < 2_000) seen.add(sql)
  }
}

function collect(node: unknown, kind: string, names: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collect(item, kind, names)
  if (typeof node !== 'object' || node === null) return
  if ('kind' in node && node.kind === kind) {
    const name = identifierIn(node)
    if (name !== undefined) names.add(name)
  }
  for (const value of Object.values(node)) collect(value, kind, names)
}

function identifierIn(node: object): string | undefined {
  if ('name' in node && typeof node.name === 'string') return node.name
  for (const key of ['alias', 'table', 'identifier'] as const) {
    const inner: unknown = key in node ? Reflect.get(node, key) : undefined
    if (typeof inner === 'object' && inner !== null) return identifierIn(inner)
  }
  return undefined
}
