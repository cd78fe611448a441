import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Connections,
  Database,
  type Dialect,
  holdSqlite,
  type Migration,
  openPostgres,
  openSqlite,
  type Row,
} from '../../../db/index.ts'
import { backupErrors } from '../errors.ts'
import { freshen } from './freshen.ts'
import { type BackupManifest, SQLITE_NAME } from '../manifest.ts'
import { loadPostgres } from './postgres-load.ts'

/** A backup that is unpacked and found good. */
export interface UnpackedBackup {
  readonly manifest: BackupManifest
  readonly folder: string
  /** The steps the backup has behind it. */
  readonly steps: readonly Migration[]
  readonly now: Date
  /** Names what is kept of before. */
  readonly aside: string
}

/** The database a backup is put into; nobody else can use it until it is released. */
export interface RestorePlace {
  readonly dialect: Dialect
  readonly hasPeople: boolean
  /** Files that come and go with the files of the backup. */
  readonly comes: readonly string[]
  readonly goes: readonly string[]
  /**
   * Makes everything ready and then tells the journal. On SQLite files move afterwards; on
   * PostgreSQL `announce` is heard just before the commit, with the epoch that tells whether it was.
   */
  put(backup: UnpackedBackup, announce: (epoch: string | null) => Promise<void>): Promise<void>
  release(): Promise<void>
}

const PEOPLE = 'select 1 as found from identities limit 1'

/** @throws QL_BACKUP_STATION_RUNS */
async function openSqlitePlace(dataDir: string): Promise<RestorePlace> {
  const path = join(dataDir, 'quark.db')
  const held = existsSync(path) ? holdSqlite(path) : undefined
  if (held === null) throw backupErrors.QL_BACKUP_STATION_RUNS()
  const people = held ? rowsOrNone(() => held.all(PEOPLE)) : []
  return {
    dialect: 'sqlite',
    hasPeople: people.length > 0,
    comes: ['quark.db'],
    goes: ['quark.db-wal', 'quark.db-shm', 'quark.db-journal'],
    put: async ({ manifest, folder, now }, announce) => {
      const staged = join(folder, 'quark.db')
      await rename(join(folder, SQLITE_NAME), staged)
      const database = new Database(openSqlite(staged), (error) => {
        throw error
      })
      await database.transaction(({ session }) => freshen(session, manifest.database, now))
      await database.close()
      await announce(null)
    },
    release: async () => held?.release(),
  }
}

/** An empty file, or one of a program that never got so far, has nobody in it. */
function rowsOrNone(read: () => Row[]): Row[] {
  try {
    return read()
  } catch {
    return []
  }
}

/** @throws QL_BACKUP_STATION_RUNS */
async function openPostgresPlace(connections: Connections): Promise<RestorePlace> {
  if (connections.alone && !(await connections.alone())) {
    await connections.close()
    throw backupErrors.QL_BACKUP_STATION_RUNS()
  }
  const tables = await connections.reader.all(
    `select 1 as found from information_schema.tables
     where table_schema = current_schema() and table_name = 'identities'`,
  )
  const people = tables.length > 0 ? await connections.reader.all(PEOPLE) : []
  const hasPeople = people.length > 0
  return {
    dialect: 'postgres',
    hasPeople,
    comes: [],
    goes: [],
    put: ({ manifest, folder, steps, now, aside }, announce) =>
      loadPostgres(connections, {
        facts: manifest.database,
        folder: join(folder, 'tables'),
        steps,
        now,
        keepAs: hasPeople ? aside.replaceAll('-', '_') : null,
        afterwards: async (session) => announce(await freshen(session, manifest.database, now)),
      }),
    release: () => connections.close(),
  }
}

/** The place of the configured database. */
export async function openPlace(
  { dataDir, databaseUrl }: { readonly dataDir: string; readonly databaseUrl: string | null },
  connections?: Connections,
): Promise<RestorePlace> {
  if (connections) return openPostgresPlace(connections)
  if (databaseUrl === null) return openSqlitePlace(dataDir)
  return openPostgresPlace(await openPostgres(databaseUrl))
}
