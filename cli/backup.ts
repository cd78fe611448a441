import type { Command } from 'commander'
import { join, resolve } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { BackupFolder } from '../core/backup/backup-folder.ts'
import { endCutRestore } from '../core/backup/restoring/cut-restore.ts'
import type { BackupProgress } from '../core/backup/making/backup-progress.ts'
import { type MadeBackup, makeBackup } from '../core/backup/making/make-backup.ts'
import { VERSION } from '../core/station.ts'
import { type Connections, openPostgres } from '../db/index.ts'
import { bytesInWords, progressLine } from './progress.ts'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'

interface Options {
  readonly to?: string
  readonly withSecrets?: boolean
  readonly json?: boolean
}

/** `quark backup` */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .option(
      '--to <file>',
      inLanguage({
        en: 'where to; in the data folder when left out',
        ru: 'куда; если не указано — в папку данных',
      }),
    )
    .option(
      '--with-secrets',
      inLanguage({
        en: 'with the keys that open everything; keep such a file locked away',
        ru: 'вместе с ключами ко всему; такой файл храните под замком',
      }),
    )
    .option(...JSON_OPTION)
    .description(
      inLanguage({
        en: 'copy the station into one file, also while it runs',
        ru: 'скопировать станцию в один файл, в том числе на ходу',
      }),
    )
    .action(async (options: Options) => {
      const config = readConfig()
      await endCutRestore(config)
      const made = await withOrigin(config, (origin) => make(config, origin, options))
      const { database, files } = made.manifest
      const rows = Object.values(database.tables).reduce((sum, count) => sum + count, 0)
      const summary = { rows, files: files.length, withSecrets: made.manifest.secrets.included }
      answer(options, { file: made.file, bytes: made.bytes, ...summary }, lines(made, rows))
    })
}

/** Calls with the database as it is in use, without starting a station. */
async function withOrigin<R>(
  { databaseUrl, dataDir }: Config,
  work: (origin: Pick<Connections, 'file' | 'snapshot'>) => Promise<R>,
): Promise<R> {
  if (databaseUrl === null) return work({ file: join(dataDir, 'quark.db') })
  const connections = await openPostgres(databaseUrl)
  try {
    return await work(connections)
  } finally {
    await connections.close()
  }
}

async function make(
  { dataDir }: Config,
  origin: Pick<Connections, 'file' | 'snapshot'>,
  options: Options,
): Promise<MadeBackup> {
  const now = new Date()
  const target =
    options.to === undefined
      ? new BackupFolder(dataDir).target('by-hand', now)
      : resolve(options.to)
  const line = progressLine()
  try {
    return await makeBackup({
      origin,
      dataDir,
      program: VERSION,
      now,
      target,
      withSecrets: options.withSecrets ?? false,
      onProgress: (progress) => line.show(inWords(progress)),
    })
  } finally {
    line.end()
  }
}

function inWords({ step, done, total }: BackupProgress): string {
  const what =
    step === 'database'
      ? inLanguage({ en: 'Database', ru: 'База данных' })
      : inLanguage({ en: 'Files', ru: 'Файлы' })
  if (total === null) return `${what}: ${done}`
  return `${what}: ${Math.floor((100 * done) / Math.max(total, 1))} %`
}

function lines({ file, bytes, manifest }: MadeBackup, rows: number): string[] {
  const pictures = manifest.files.filter(({ name }) => name.startsWith('media/')).length
  return [
    file,
    inLanguage({
      en: `${bytesInWords(bytes)}: ${rows} rows, ${pictures} files of pictures.`,
      ru: `${bytesInWords(bytes)}: строк ${rows}, файлов картинок ${pictures}.`,
    }),
    manifest.secrets.included
      ? inLanguage({
          en: 'The secrets are in it: whoever has this file can sign in as anybody.',
          ru: 'Секреты внутри: с этим файлом можно войти под любым именем.',
        })
      : inLanguage({
          en: 'secrets.json is not in it. Keep a copy of it elsewhere: without it nobody can sign in after a move.',
          ru: 'secrets.json в копию не вошёл. Храните его отдельно: без него после переезда никто не войдёт.',
        }),
  ]
}
