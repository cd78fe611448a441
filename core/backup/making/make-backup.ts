import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Connections } from '../../../db/index.ts'
import { readSecrets } from '../../auth/keys/secrets.ts'
import { DiskDriver } from '../../media/storage/disk-driver.ts'
import { ErasureLedger } from '../../privacy/erasure/erasure-ledger.ts'
import { ArchiveContents } from './archive-contents.ts'
import { copyDatabase, type CopiedDatabase } from './copy-database.ts'
import type { BackupProgress } from './backup-progress.ts'
import { backupErrors } from '../errors.ts'
import { removeLeftovers } from '../leftovers.ts'
import { BACKUP_FORMAT, type BackupManifest } from '../manifest.ts'
import { syncFolder } from '../../files/sync-folder.ts'
import { tarOf } from '../tar.ts'

/** Media are compressed already, databases shrink at any level: the quick one. */
const GZIP_LEVEL = 3
const MIB = 2 ** 20
/** Left for the station, which goes on writing. */
const SPARE_BYTES = 64 * MIB

export interface BackupOrder {
  /** The database, which may be in use. */
  readonly origin: Pick<Connections, 'file' | 'snapshot'>
  readonly dataDir: string
  /** Version of the program. */
  readonly program: string
  readonly now: Date
  /** Where the archive goes; must not be there yet. */
  readonly target: string
  /** Adds the station's secrets: whoever has the file can then sign in as anybody. */
  readonly withSecrets: boolean
  readonly onProgress?: (progress: BackupProgress) => void
}

export interface MadeBackup {
  readonly file: string
  readonly bytes: number
  readonly manifest: BackupManifest
}

/**
 * Copies the database as of one moment, then the pictures and keys, into one archive that only the
 * owner of the process can read. The station may run and write meanwhile: pictures are stored before
 * the rows that name them and are never changed, so all that the copy names is there.
 *
 * The archive is whole or absent, also when the process is killed.
 *
 * @throws QL_BACKUP_NOTHING, QL_BACKUP_TARGET_TAKEN, QL_BACKUP_NO_SPACE
 */
export async function makeBackup(order: BackupOrder): Promise<MadeBackup> {
  const { dataDir, target, origin } = order
  const secrets = readSecrets(dataDir)
  if (!secrets || (origin.file !== undefined && !existsSync(origin.file))) {
    throw backupErrors.QL_BACKUP_NOTHING({ values: { dir: dataDir } })
  }
  if (existsSync(target)) throw backupErrors.QL_BACKUP_TARGET_TAKEN({ values: { file: target } })
  const folder = dirname(target)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeLeftovers(folder)
  await refuseWithoutSpace(order, folder)
  const work = await mkdtemp(join(folder, `.work-${process.pid}-`))
  const staged = `${target}.${process.pid}.part`
  try {
    /* Before the copy: whoever is erased from here on is told by the ledger, not by the backup. */
    const ledgerHead = new ErasureLedger(dataDir).head
    const database = await copyDatabase(origin, work, order.onProgress)
    const { facts } = database
    const about: Omit<BackupManifest, 'files'> = {
      format: BACKUP_FORMAT,
      program: order.program,
      madeAt: order.now.toISOString(),
      database: facts,
      ledgerHead,
      secrets: {
        included: order.withSecrets,
        stationId: secrets.stationId,
        peppers: secrets.peppers.map(({ kid }) => kid),
      },
    }
    const made = await writeArchive(staged, order, { about, database })
    await rename(staged, target)
    await syncFolder(folder)
    return { file: target, ...made }
  } finally {
    await rm(work, { recursive: true, force: true })
    await rm(staged, { force: true })
  }
}

/** A full disk would stop the station itself, so the most it can take must be free beforehand. */
async function refuseWithoutSpace({ origin, dataDir }: BackupOrder, folder: string): Promise<void> {
  const database = origin.file === undefined ? 0 : (await stat(origin.file)).size
  let needed = SPARE_BYTES + 2 * database
  for await (const { bytes } of new DiskDriver(join(dataDir, 'media')).list('')) needed += bytes
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= needed) return
  throw backupErrors.QL_BACKUP_NO_SPACE({
    values: { folder, needed: Math.ceil(needed / MIB), free: Math.floor((bavail * bsize) / MIB) },
  })
}

interface ToWrite {
  readonly about: Omit<BackupManifest, 'files'>
  readonly database: CopiedDatabase
}

async function writeArchive(
  staged: string,
  { dataDir, now, withSecrets, onProgress }: BackupOrder,
  { about, database }: ToWrite,
): Promise<{ bytes: number; manifest: BackupManifest }> {
  const contents = new ArchiveContents({
    about,
    databaseFiles: database.files,
    media: new DiskDriver(join(dataDir, 'media')),
    keyFiles: ['notification-keys.json', ...(withSecrets ? ['secrets.json'] : [])]
      .map((name) => join(dataDir, name))
      .filter((path) => existsSync(path))
      .map((path) => ({ name: `keys/${basename(path)}`, path })),
    onBytes: (done, total) => onProgress?.({ step: 'files', done, total }),
  })
  const tar = Readable.from(tarOf(contents.entries(), now), { objectMode: false })
  const out = createWriteStream(staged, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(tar, createGzip({ level: GZIP_LEVEL }), out)
  return { bytes: (await stat(staged)).size, manifest: contents.manifest }
}
