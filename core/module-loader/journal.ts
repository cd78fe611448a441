import { createHash } from 'node:crypto'
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Manifest } from './manifest/manifest.ts'

export type ModuleStatus = 'invalid' | 'enabled' | 'disabled' | 'failed' | 'quarantined'

export interface JournalRow {
  readonly id: string
  readonly version: string
  readonly state: ModuleStatus
  readonly operation: string | null
  readonly reason: string | null
  readonly digest: string
  readonly changed_at: string
}

/** What the loader remembers of each module between starts. */
export class Journal {
  readonly #database: Database
  readonly #scope: Scope<{ modules: JournalRow }>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#scope = database.scope('')
    this.#clock = clock
  }

  async read(): Promise<ReadonlyMap<string, JournalRow>> {
    const rows = await this.#scope.reader.selectFrom('modules').selectAll().execute()
    return new Map(rows.map((row) => [row.id, row]))
  }

  async write(row: Omit<JournalRow, 'changed_at'>): Promise<void> {
    const values = { ...row, changed_at: this.#clock.now().toISOString() }
    await this.#database.transaction(async (tx) => {
      await this.#scope
        .within(tx)
        .db.insertInto('modules')
        .values(values)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute()
    })
  }
}

/** So many stops in a row while it was being enabled mean that a proven module is the cause. */
const MAX_TRIES = 3

/**
 * What to write down before a module is enabled: `enable`, or `resume <n>` for the n-th try of one
 * that belongs to the core or has run in this very form. A new module that took the station down
 * gets no second try; a proven one was more likely interrupted by a power cut.
 *
 * @param known the row of the last start, when the folder is the same.
 * @returns null when it is not to be enabled again.
 */
export function nextTry(
  { level }: Pick<Manifest, 'level'>,
  known: Pick<JournalRow, 'operation' | 'state'> | undefined,
): string | null {
  if (known?.operation === 'enable') return null
  const tries = Number(/^resume (\d+)$/.exec(known?.operation ?? '')?.[1] ?? 0)
  if (tries >= MAX_TRIES) return null
  return level === 'core' || known?.state === 'enabled' ? `resume ${tries + 1}` : 'enable'
}

/**
 * Changes when a file of the folder is added, removed or written. Names, sizes and times are
 * enough to see that the operator has changed something; they prove nothing about the content.
 */
export function folderDigest(dir: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const { size, mtimeMs } = lstatSync(join(dir, name))
    hash.update(`${name}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 32)
}
