import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import type { Database, Migration } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'

const KEPT_BACKUPS = 3

/** Brings the database up to date, after a copy of one that already holds something. */
export async function migrateStation(
  database: Database,
  steps: readonly Migration[],
  config: Config,
  { clock, log }: { clock: Clock; log: Log },
): Promise<string[]> {
  const done = await database.migrate(steps, {
    now: () => clock.now(),
    beforeChange: async (backup) => {
      if (!backup) return log.warn('PostgreSQL is migrated without a backup of ours; keep your own')
      const dir = join(config.dataDir, 'backups')
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const stamp = clock.now().toISOString().replaceAll(/[:.]/g, '-')
      await backup(join(dir, `before-migration-${stamp}.db`))
      await removeOldBackups(dir)
    },
  })
  if (done.length > 0) log.info('The database was migrated', { steps: done.length })
  return done
}

async function removeOldBackups(dir: string): Promise<void> {
  const names = (await readdir(dir))
    .filter((name) => name.startsWith('before-migration-'))
    .toSorted()
  for (const name of names.slice(0, -KEPT_BACKUPS)) await rm(join(dir, name))
}
