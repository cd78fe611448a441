import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { isDeepStrictEqual } from 'node:util'
import type { Migration, Value } from '../../../db/index.ts'
import { backupErrors } from '../errors.ts'
import { type BackupManifest, SQLITE_NAME } from '../manifest.ts'
import { examineSqlite } from '../making/sqlite-copy.ts'
import { valuesOf } from '../table-line.ts'

export interface CheckedBackup {
  /** Steps that the next start will do. */
  readonly stepsBehind: number
  /** Pictures that the database names and the station had lost before the copy was made. */
  readonly missingPictures: number
}

/**
 * Whether the database of an unpacked backup is whole, holds what the manifest says, and is not
 * newer than this program.
 *
 * @param steps all that this program and its modules know.
 * @throws QL_BACKUP_BROKEN, QL_BACKUP_NEWER
 */
export async function checkBackup(
  file: string,
  folder: string,
  manifest: BackupManifest,
  steps: readonly Migration[],
): Promise<CheckedBackup> {
  refuseNewer(file, manifest, steps)
  const pictures =
    manifest.database.dialect === 'sqlite'
      ? await checkSqlite(file, folder, manifest)
      : await checkTables(file, folder, manifest)
  const stored = new Set(manifest.files.map(({ name }) => name))
  const done = new Set(manifest.database.migrations)
  return {
    stepsBehind: steps.filter(({ owner, name }) => !done.has(`${owner}/${name}`)).length,
    missingPictures: pictures.filter((key) => !stored.has(`media/${key}`)).length,
  }
}

/** As at a start: a step of a known owner that is not known here comes from a later version. */
function refuseNewer(file: string, manifest: BackupManifest, steps: readonly Migration[]): void {
  const owners = new Set(steps.map(({ owner }) => owner))
  const known = new Set(steps.map(({ owner, name }) => `${owner}/${name}`))
  const foreign = manifest.database.migrations.find(
    (step) => owners.has(step.split('/')[0] ?? '') && !known.has(step),
  )
  if (foreign === undefined) return
  throw backupErrors.QL_BACKUP_NEWER({ values: { file, detail: foreign } })
}

/** @returns the pictures it names. */
async function checkSqlite(
  file: string,
  folder: string,
  { database }: BackupManifest,
): Promise<readonly string[]> {
  const { facts, integrity, pictures } = await examineSqlite(join(folder, SQLITE_NAME))
  if (integrity !== 'ok') throw broken(file, integrity)
  if (!isDeepStrictEqual(facts, database))
    throw broken(file, 'the database is not the one described')
  return pictures
}

async function checkTables(
  file: string,
  folder: string,
  { database }: BackupManifest,
): Promise<readonly string[]> {
  let pictures: string[] = []
  for (const [table, rows] of Object.entries(database.tables)) {
    const [columns = [], ...found] = await linesOf(join(folder, 'tables', `${table}.ndjson`), table)
    if (found.length !== rows) throw broken(file, `${table} has ${found.length} rows, not ${rows}`)
    if (table !== 'media_variants') continue
    const at = columns.indexOf('file')
    pictures = found.map((row) => String(row[at]))
  }
  return pictures
}

/** The names of the columns and then the rows; of most tables only their number is kept. */
async function linesOf(path: string, table: string): Promise<readonly (readonly Value[])[]> {
  const lines: (readonly Value[])[] = []
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Infinity,
  })) {
    const values = valuesOf(line)
    lines.push(table === 'media_variants' || lines.length === 0 ? values : [])
  }
  return lines
}

function broken(file: string, detail: string): Error {
  return backupErrors.QL_BACKUP_BROKEN({ values: { file, detail } })
}
