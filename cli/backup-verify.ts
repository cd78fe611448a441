import type { Command } from 'commander'
import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { knownSteps } from '../core/backup/known-steps.ts'
import { type VerifiedBackup, verifyBackup } from '../core/backup/checking/verify-backup.ts'
import { bytesInWords, progressLine } from './progress.ts'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'

/** `quark backup:verify <file>` */
export function addBackupVerify(program: Command): void {
  program
    .command('backup:verify')
    .argument('<file>', inLanguage({ en: 'a backup', ru: 'копия' }))
    .option(...JSON_OPTION)
    .description(
      inLanguage({
        en: 'restore a backup into a scratch folder and compare everything',
        ru: 'развернуть копию во временной папке и всё сверить',
      }),
    )
    .action(async (file: string, options: { json?: boolean }) => {
      const { dataDir, modulesDir } = readConfig()
      const steps = await knownSteps(modulesDir)
      const line = progressLine()
      try {
        const onBytes = (bytes: number): void => line.show(bytesInWords(bytes))
        const verified = await verifyBackup({ file: resolve(file), dataDir, steps, onBytes })
        line.end()
        answer(options, { isWhole: true, ...summary(verified) }, lines(verified))
      } finally {
        line.end()
      }
    })
}

function summary(verified: VerifiedBackup): Record<string, unknown> {
  const { manifest, ...rest } = verified
  const { program, madeAt, database, files, secrets } = manifest
  const { dialect, tables, modules } = database
  const withSecrets = secrets.included
  return { ...rest, program, madeAt, dialect, tables, modules, files: files.length, withSecrets }
}

function lines(verified: VerifiedBackup): string[] {
  const { manifest, stepsBehind, missingPictures, knowsErased, hasSecrets } = verified
  return [
    inLanguage({
      en: `The backup of ${manifest.madeAt} is whole: ${manifest.files.length} files, Quark-Light ${manifest.program}.`,
      ru: `Копия от ${manifest.madeAt} цела: файлов ${manifest.files.length}, Quark-Light ${manifest.program}.`,
    }),
    ...(stepsBehind === 0
      ? []
      : [
          inLanguage({
            en: `It is of an older version; the next start would migrate it (${stepsBehind} steps).`,
            ru: `Она от более старой версии; при запуске база обновится (шагов: ${stepsBehind}).`,
          }),
        ]),
    ...notes({ missingPictures, knowsErased, hasSecrets }),
  ]
}

interface Notes {
  readonly missingPictures: number
  readonly knowsErased: boolean
  readonly hasSecrets: boolean
}

/** What a person should know of a backup that is whole. */
export function notes({ missingPictures, knowsErased, hasSecrets }: Notes): string[] {
  const said: string[] = []
  if (missingPictures > 0) {
    said.push(
      inLanguage({
        en: `${missingPictures} files of pictures were missing before the copy was made.`,
        ru: `Файлов картинок, которых не было ещё до копирования: ${missingPictures}.`,
      }),
    )
  }
  if (!knowsErased) {
    said.push(
      inLanguage({
        en: 'The ledger of erasures here is not the one it knows: people erased later would come back.',
        ru: 'Реестр удалений здесь другой: люди, удалённые позже, вернулись бы.',
      }),
    )
  }
  if (!hasSecrets) {
    said.push(
      inLanguage({
        en: 'The secrets that fit it are neither in it nor here: put the old secrets.json into the data folder, or nobody can sign in.',
        ru: 'Подходящих секретов нет ни в копии, ни здесь: положите прежний secrets.json в папку данных, иначе никто не войдёт.',
      }),
    )
  }
  return said
}
