import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Migration } from '../../../db/index.ts'
import { readSecrets } from '../../auth/keys/secrets.ts'
import { ErasureLedger, LEDGER_FILE } from '../../privacy/erasure/erasure-ledger.ts'
import { type CheckedBackup, checkBackup } from './check-backup.ts'
import { removeLeftovers } from '../leftovers.ts'
import type { BackupManifest } from '../manifest.ts'
import { unpack } from '../restoring/unpack.ts'

export interface VerifyOrder {
  readonly file: string
  readonly dataDir: string
  /** All that this program and its modules know. */
  readonly steps: readonly Migration[]
  readonly onBytes?: (bytes: number) => void
}

/** A backup that can be trusted, and how it stands to this station. */
export interface VerifiedBackup extends CheckedBackup {
  readonly manifest: BackupManifest
  readonly bytes: number
  /** Whether restoring it here would bring nobody back who was erased. */
  readonly knowsErased: boolean
  /** Whether people could sign in with the secrets here or in the archive. */
  readonly hasSecrets: boolean
}

/**
 * Restores a backup into a scratch folder, compares everything, and removes it again.
 *
 * @throws QL_BACKUP_BROKEN, QL_BACKUP_NEWER
 */
export async function verifyBackup(order: VerifyOrder): Promise<VerifiedBackup> {
  const { file, dataDir, steps, onBytes } = order
  const { size } = await stat(file)
  const backups = join(dataDir, 'backups')
  await mkdir(backups, { recursive: true, mode: 0o700 })
  await removeLeftovers(backups)
  const scratch = await mkdtemp(join(backups, `.work-${process.pid}-`))
  try {
    const manifest = await unpack(file, scratch, onBytes)
    const checked = await checkBackup(file, scratch, manifest, steps)
    return {
      ...checked,
      manifest,
      bytes: size,
      knowsErased: knowsErased(dataDir, manifest),
      hasSecrets: manifest.secrets.included || hasSecretsFor(dataDir, manifest),
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Whether the ledger here is the one the backup knows, or a later one. */
export function knowsErased(dataDir: string, { ledgerHead }: BackupManifest): boolean {
  if (ledgerHead === '') return true
  if (!existsSync(join(dataDir, LEDGER_FILE))) return false
  return new ErasureLedger(dataDir).has(ledgerHead)
}

/** Whether the secrets of this folder open what the backup holds. */
export function hasSecretsFor(dataDir: string, { secrets }: BackupManifest): boolean {
  const here = readSecrets(dataDir)
  if (here?.stationId !== secrets.stationId) return false
  const peppers = new Set(here.peppers.map(({ kid }) => kid))
  return secrets.peppers.every((kid) => peppers.has(kid))
}
