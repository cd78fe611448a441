import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connections } from '../../../db/index.ts'
import type { BackupProgress } from './backup-progress.ts'
import { type DatabaseFacts, SQLITE_NAME } from '../manifest.ts'
import { dumpPostgres } from './postgres-dump.ts'
import { copySqlite } from './sqlite-copy.ts'

/** A file on its way into the archive. */
export interface FileToPack {
  readonly name: string
  readonly path: string
}

export interface CopiedDatabase {
  readonly facts: DatabaseFacts
  readonly files: readonly FileToPack[]
}

/** A copy of the database as of one moment: the file itself, or its tables as lines of JSON. */
export async function copyDatabase(
  { file, snapshot }: Pick<Connections, 'file' | 'snapshot'>,
  work: string,
  onProgress: ((progress: BackupProgress) => void) | undefined,
): Promise<CopiedDatabase> {
  if (file !== undefined) {
    const path = join(work, SQLITE_NAME)
    const total = (await stat(file)).size
    const { facts, integrity } = await copySqlite(file, path, (done) =>
      onProgress?.({ step: 'database', done: Math.min(done, total), total }),
    )
    if (integrity !== 'ok') throw new Error(`The database is damaged: ${integrity}`)
    return { facts, files: [{ name: SQLITE_NAME, path }] }
  }
  if (!snapshot) throw new Error('This database can be read neither as a file nor as of one moment')
  const folder = join(work, 'tables')
  await mkdir(folder)
  const { facts, tables } = await snapshot((session) =>
    dumpPostgres(session, folder, (done) => onProgress?.({ step: 'database', done, total: null })),
  )
  const files = tables.map((table) => ({
    name: `tables/${table}.ndjson`,
    path: join(folder, `${table}.ndjson`),
  }))
  return { facts, files }
}
