import { CompiledQuery } from 'kysely'
import type { Reader, Tx } from '../tables.ts'

type Value = string | number | null

/**
 * Rows of a query that is written out, for what every message and every list needs: building it
 * anew would take longer than running it.
 */
export async function select<Row>(
  db: Reader,
  sql: string,
  parameters: readonly Value[],
): Promise<Row[]> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))
  return rows
}

/** Rows a change answers with `returning`. */
export async function change<Row>(
  { session }: Tx,
  sql: string,
  parameters: readonly Value[],
): Promise<Row[]> {
  return (await session.all(sql, parameters)) as Row[]
}

/** `?, ?, ?` for a list that is not empty. */
export function places(list: readonly unknown[]): string {
  return list.map(() => '?').join(', ')
}
