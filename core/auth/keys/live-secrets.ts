import { statSync } from 'node:fs'
import type { Clock, Log } from '../../app.ts'
import { loadSecrets, secretsFile, type Secrets } from './secrets.ts'

const LOOK_MS = 1_000

/**
 * The secrets as they stand in the file: keys that another program has rotated are in force within a
 * second, without a restart. What was read last goes on while the file cannot be read.
 */
export function openLiveSecrets(
  dataDir: string,
  { clock, log }: { clock: Clock; log: Log },
): Secrets {
  let kept = loadSecrets(dataDir)
  let version = versionOf(dataDir)
  let lookedMs = clock.now().getTime()
  const current = (): Secrets => {
    const now = clock.now().getTime()
    if (now - lookedMs < LOOK_MS) return kept
    lookedMs = now
    const found = versionOf(dataDir)
    if (found === version) return kept
    version = found
    try {
      kept = loadSecrets(dataDir)
    } catch (error) {
      log.error('The changed secrets cannot be read', { error: String(error) })
    }
    return kept
  }
  return {
    ...kept,
    get peppers() {
      return current().peppers
    },
    get signingKeys() {
      return current().signingKeys
    },
  }
}

function versionOf(dataDir: string): string {
  const found = statSync(secretsFile(dataDir), { throwIfNoEntry: false, bigint: true })
  return found ? `${found.mtimeNs} ${found.ino}` : ''
}
