import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { SqliteFindings, SqliteTask } from './sqlite-copy-worker.ts'

const LOOK_EVERY_MS = 200

/**
 * Copies a database that is in use: consistent as of one moment, without its deleted bytes, while
 * others write. In a thread of its own, because the copy stops whoever asks for it.
 *
 * @param onBytes told how many bytes of the copy are there.
 */
export async function copySqlite(
  source: string,
  target: string,
  onBytes: (bytes: number) => void,
): Promise<SqliteFindings> {
  const look = setInterval(() => {
    stat(target).then(
      ({ size }) => onBytes(size),
      () => undefined,
    )
  }, LOOK_EVERY_MS)
  try {
    return await inThread({ kind: 'copy', source, target })
  } finally {
    clearInterval(look)
  }
}

/** Opens a copy, lets it check itself, and counts. @throws when it is no database. */
export function examineSqlite(target: string): Promise<SqliteFindings> {
  return inThread({ kind: 'examine', target })
}

async function inThread(task: SqliteTask): Promise<SqliteFindings> {
  const worker = new Worker(new URL('sqlite-copy-worker.ts', import.meta.url), { workerData: task })
  try {
    const [findings] = (await once(worker, 'message')) as [SqliteFindings]
    return findings
  } finally {
    await worker.terminate()
  }
}
