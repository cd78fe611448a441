import { openPostgres } from '../../../db/index.ts'
import { endRestore } from './restore-journal.ts'

/** Ends a restore that a crash has cut, before anybody opens the database. */
export async function endCutRestore({
  dataDir,
  databaseUrl,
}: {
  readonly dataDir: string
  readonly databaseUrl: string | null
}): Promise<void> {
  await endRestore(dataDir, async () => {
    if (databaseUrl === null) return null
    const connections = await openPostgres(databaseUrl)
    try {
      const [row] = await connections.reader.all('select epoch from realtime_epoch where id = 1')
      return row ? String(row['epoch']) : null
    } finally {
      await connections.close()
    }
  })
}
