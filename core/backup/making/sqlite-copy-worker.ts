import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { DatabaseFacts } from '../manifest.ts'

/** What the thread is given: copy `source` to `target`, or look at a copy that is there. */
export type SqliteTask =
  | { readonly kind: 'copy'; readonly source: string; readonly target: string }
  | { readonly kind: 'examine'; readonly target: string }

export interface SqliteFindings {
  readonly facts: DatabaseFacts
  /** `ok`, or what the database itself finds wrong. */
  readonly integrity: string
  /** Files that the database names below `media`. */
  readonly pictures: readonly string[]
}

const BUSY_TIMEOUT_MS = 10_000

function copy(source: string, target: string): void {
  const database = new DatabaseSync(source, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    /* One read transaction of WAL: writers go on, and the copy is of the moment it began. */
    database.prepare('vacuum into ?').run(target)
  } finally {
    database.close()
  }
}

function examine(target: string): SqliteFindings {
  const database = new DatabaseSync(target, { readOnly: true })
  const rows = (sql: string): Record<string, unknown>[] => database.prepare(sql).all()
  try {
    const problems = rows('pragma integrity_check(5)').map((row) => String(row['integrity_check']))
    const names = rows(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'
       order by name`,
    ).map(({ name }) => String(name))
    const has = (name: string): boolean => names.includes(name)
    const pairs = (sql: string): [string, string][] =>
      rows(sql).map(({ key, value }) => [String(key), String(value)])
    const facts: DatabaseFacts = {
      dialect: 'sqlite',
      migrations: has('schema_migrations')
        ? pairs(`select owner as key, name as value from schema_migrations order by 1, 2`).map(
            ([owner, name]) => `${owner}/${name}`,
          )
        : [],
      tables: Object.fromEntries(
        names.map((name) => [name, Number(rows(`select count(*) as n from "${name}"`)[0]?.['n'])]),
      ),
      sequences: {},
      modules: has('modules')
        ? Object.fromEntries(pairs('select id as key, version as value from modules order by 1'))
        : {},
    }
    const pictures = has('media_variants')
      ? rows('select file from media_variants').map(({ file }) => String(file))
      : []
    return { facts, integrity: problems.join('; '), pictures }
  } finally {
    database.close()
  }
}

const task = workerData as SqliteTask
if (task.kind === 'copy') copy(task.source, task.target)
parentPort?.postMessage(examine(task.target))
