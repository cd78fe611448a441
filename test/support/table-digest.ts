import { createHash } from 'node:crypto'
import type { Database } from '../../db/index.ts'

/**
 * A digest of every row of every table of a SQLite database: equal when nothing has changed.
 *
 * @param except tables that may grow, such as the log of what staff were refused.
 */
export async function tableDigest(
  { reader }: Database,
  except: readonly string[] = [],
): Promise<string> {
  const hash = createHash('sha256')
  const tables = await reader.all(`select name from sqlite_master where type = 'table' order by 1`)
  for (const { name } of tables) {
    if (except.includes(String(name))) continue
    hash.update(String(name))
    const rows = await reader.all(`select * from "${String(name)}"`)
    const texts = rows.map((row) => JSON.stringify(row, (_, value: unknown) => plain(value)))
    for (const text of texts.toSorted()) hash.update(text)
  }
  return hash.digest('hex')
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
