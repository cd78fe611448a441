import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../files/sync-folder.ts'

/** What a restore is about to move, on disk before the first file moves. */
export interface RestoreJournal {
  /** Below the data folder; holds what comes. */
  readonly stage: string
  /** Below the data folder; what was there goes into it. */
  readonly aside: string
  /** Names that come, each in the place of its namesake. */
  readonly comes: readonly string[]
  /** Names that only go. */
  readonly goes: readonly string[]
  /** PostgreSQL: files move only if its tables are those of this epoch. */
  readonly epoch: string | null
}

const JOURNAL = 'restore.json'

export async function writeRestoreJournal(dataDir: string, journal: RestoreJournal): Promise<void> {
  const path = join(dataDir, JOURNAL)
  await writeFile(`${path}.new`, JSON.stringify(journal), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  await syncFolder(dataDir)
}

/**
 * Ends a restore that was cut off: all of it or nothing. Must be called before the database is
 * opened; does nothing when there is nothing to end.
 *
 * @param epochNow which history the tables of PostgreSQL hold.
 */
export async function endRestore(
  dataDir: string,
  epochNow: () => Promise<string | null>,
): Promise<void> {
  const path = join(dataDir, JOURNAL)
  if (!existsSync(path)) return
  const journal = JSON.parse(readFileSync(path, 'utf8')) as RestoreJournal
  const isCommitted = journal.epoch === null || (await epochNow()) === journal.epoch
  if (isCommitted) await moveAll(dataDir, journal)
  await rm(path)
  await syncFolder(dataDir)
  await rm(join(dataDir, journal.stage), { recursive: true, force: true })
}

/** Each step looks first, so that all of them can be repeated after a crash. */
async function moveAll(dataDir: string, journal: RestoreJournal): Promise<void> {
  const { stage, aside, comes, goes } = journal
  const isStaged = (name: string): boolean => existsSync(join(dataDir, stage, name))
  for (const name of comes.some(isStaged) ? goes : []) await putAside(dataDir, aside, name)
  for (const name of comes) {
    if (!isStaged(name)) continue
    await putAside(dataDir, aside, name)
    await rename(join(dataDir, stage, name), join(dataDir, name))
  }
}

async function putAside(dataDir: string, aside: string, name: string): Promise<void> {
  const path = join(dataDir, name)
  if (!existsSync(path)) return
  await mkdir(join(dataDir, aside), { recursive: true, mode: 0o700 })
  await rename(path, join(dataDir, aside, name))
  await syncFolder(join(dataDir, aside))
}
