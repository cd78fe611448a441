import { existsSync } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Connections, Migration } from '../../../db/index.ts'
import { checkBackup } from '../checking/check-backup.ts'
import { endCutRestore } from './cut-restore.ts'
import { backupErrors } from '../errors.ts'
import { removeLeftovers } from '../leftovers.ts'
import type { BackupManifest } from '../manifest.ts'
import { endRestore, writeRestoreJournal } from './restore-journal.ts'
import { openPlace, type RestorePlace, type UnpackedBackup } from './restore-place.ts'
import { unpack } from './unpack.ts'
import { hasSecretsFor, knowsErased } from '../checking/verify-backup.ts'

export interface RestoreOrder {
  readonly file: string
  readonly dataDir: string
  /** null: SQLite in the data folder. */
  readonly databaseUrl: string | null
  /** Instead of the address: PostgreSQL that is open already. It is closed in the end. */
  readonly connections?: Connections
  /** All that this program and its modules know. */
  readonly steps: readonly Migration[]
  readonly now: Date
  /** Replaces the data of a station somebody lives on; they are kept aside. */
  readonly force: boolean
  /** Accepts that people erased after the backup come back. */
  readonly withoutLedger: boolean
  readonly onBytes?: (bytes: number) => void
}

export interface RestoredBackup {
  readonly manifest: BackupManifest
  /** What was there before: a folder in the data folder and, on PostgreSQL, a schema; or nothing. */
  readonly aside: string | null
  /** Steps that the next start will do. */
  readonly stepsBehind: number
  readonly missingPictures: number
  /** Where the secrets came from; `missing`: nobody can sign in until they are put there. */
  readonly secrets: 'kept' | 'restored' | 'missing'
}

/**
 * Puts a backup in the place of what the station holds. The station must not run. Until the last
 * moment nothing is changed; from then on a crash is made up for at the next start.
 *
 * The ledger of erasures is never restored: the next start erases again whoever has come back.
 *
 * @throws QL_BACKUP_STATION_RUNS, QL_BACKUP_DATA_THERE, QL_BACKUP_BROKEN, QL_BACKUP_NEWER,
 * QL_BACKUP_OTHER_DATABASE, QL_BACKUP_MODULE_MISSING, QL_BACKUP_LEDGER_LOST
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoredBackup> {
  const { dataDir, file } = order
  /* Says that there is no such file before it looks at anything else. */
  await access(file)
  await mkdir(dataDir, { recursive: true })
  await endCutRestore(order)
  const place = await openPlace(order, order.connections)
  try {
    if (place.hasPeople && !order.force) throw backupErrors.QL_BACKUP_DATA_THERE()
    await removeLeftovers(dataDir)
    const stage = await mkdtemp(join(dataDir, `.work-${process.pid}-`))
    try {
      return await putBack(order, place, stage)
    } finally {
      await rm(stage, { recursive: true, force: true })
    }
  } finally {
    await place.release()
  }
}

async function putBack(
  order: RestoreOrder,
  place: RestorePlace,
  stage: string,
): Promise<RestoredBackup> {
  const { file, dataDir, steps, now } = order
  const manifest = await unpack(file, stage, order.onBytes)
  refuseUnfit(order, place, manifest)
  const checked = await checkBackup(file, stage, manifest, steps)
  const secrets = await stageKeys(dataDir, stage, manifest)
  await mkdir(join(stage, 'media'), { recursive: true, mode: 0o700 })
  const done = new Set(manifest.database.migrations)
  const aside = `before-restore-${now.toISOString().replaceAll(/[:.]/g, '-').toLowerCase()}`
  const backup: UnpackedBackup = {
    manifest,
    folder: stage,
    steps: steps.filter(({ owner, name }) => done.has(`${owner}/${name}`)),
    now,
    aside,
  }
  let epoch: string | null = null
  await place.put(backup, async (made) => {
    epoch = made
    await writeRestoreJournal(dataDir, {
      stage: basename(stage),
      aside,
      comes: [...place.comes, 'media', 'notification-keys.json', 'secrets.json'],
      goes: place.goes,
      epoch,
    })
  })
  await endRestore(dataDir, async () => epoch)
  const wasThere = place.hasPeople || existsSync(join(dataDir, aside))
  return { ...checked, manifest, aside: wasThere ? aside : null, secrets }
}

function refuseUnfit(order: RestoreOrder, place: RestorePlace, manifest: BackupManifest): void {
  const { file, dataDir, steps, withoutLedger } = order
  const { dialect, migrations } = manifest.database
  if (dialect !== place.dialect) {
    throw backupErrors.QL_BACKUP_OTHER_DATABASE({
      values: { file, made: NAMES[dialect], here: NAMES[place.dialect] },
    })
  }
  const owners = new Set(steps.map(({ owner }) => owner))
  const absent = migrations.map((step) => step.split('/')[0] ?? '').find((id) => !owners.has(id))
  /* Tables of PostgreSQL are made by their module; a file of SQLite brings them along. */
  if (absent !== undefined && dialect === 'postgres') {
    throw backupErrors.QL_BACKUP_MODULE_MISSING({ values: { file, module: absent } })
  }
  if (!withoutLedger && !knowsErased(dataDir, manifest)) {
    throw backupErrors.QL_BACKUP_LEDGER_LOST({ values: { dir: dataDir } })
  }
}

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const

/** Secrets that fit stay, because they may be newer; others give way to those of the backup. */
async function stageKeys(
  dataDir: string,
  stage: string,
  manifest: BackupManifest,
): Promise<RestoredBackup['secrets']> {
  const keys = join(stage, 'keys')
  const move = async (name: string): Promise<void> => {
    if (existsSync(join(keys, name))) await rename(join(keys, name), join(stage, name))
  }
  await move('notification-keys.json')
  if (hasSecretsFor(dataDir, manifest)) return 'kept'
  await move('secrets.json')
  return manifest.secrets.included ? 'restored' : 'missing'
}
