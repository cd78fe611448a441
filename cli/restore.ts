import type { Command } from 'commander'
import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { knownSteps } from '../core/backup/known-steps.ts'
import { type RestoredBackup, restoreBackup } from '../core/backup/restoring/restore-backup.ts'
import { notes } from './backup-verify.ts'
import { bytesInWords, progressLine } from './progress.ts'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'

interface Options {
  readonly force?: boolean
  /** commander's form of `--without-ledger`. */
  readonly withoutLedger?: boolean
  readonly json?: boolean
}

/** `quark restore <file>` */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .argument('<file>', inLanguage({ en: 'a backup', ru: 'копия' }))
    .option(
      '--force',
      inLanguage({
        en: 'replace the data of a station in use; they are kept aside',
        ru: 'заменить данные живой станции; прежние будут отложены',
      }),
    )
    .option(
      '--without-ledger',
      inLanguage({
        en: 'accept that people erased after the backup come back',
        ru: 'согласиться, что удалённые после копии люди вернутся',
      }),
    )
    .option(...JSON_OPTION)
    .description(
      inLanguage({
        en: 'put a backup in the place of what the station holds',
        ru: 'вернуть станции то, что лежит в копии',
      }),
    )
    .action(async (file: string, options: Options) => {
      const { dataDir, databaseUrl, modulesDir } = readConfig()
      const line = progressLine()
      try {
        const restored = await restoreBackup({
          file: resolve(file),
          dataDir,
          databaseUrl,
          steps: await knownSteps(modulesDir),
          now: new Date(),
          force: options.force ?? false,
          withoutLedger: options.withoutLedger ?? false,
          onBytes: (bytes) => line.show(bytesInWords(bytes)),
        })
        line.end()
        const { manifest, ...rest } = restored
        answer(options, { ...rest, madeAt: manifest.madeAt }, lines(restored))
      } finally {
        line.end()
      }
    })
}

function lines({ manifest, aside, missingPictures, secrets }: RestoredBackup): string[] {
  return [
    inLanguage({
      en: `The station is as it was at ${manifest.madeAt}. Everybody has to sign in again.`,
      ru: `Станция такая, какой была ${manifest.madeAt}. Всем нужно войти заново.`,
    }),
    ...(aside === null
      ? []
      : [
          inLanguage({
            en: `What was there before is in ${aside}. Remove it when you no longer need it: erased people may be in it.`,
            ru: `Прежнее лежит в ${aside}. Удалите, когда станет не нужно: там могут быть удалённые люди.`,
          }),
        ]),
    ...notes({ missingPictures, knowsErased: true, hasSecrets: secrets !== 'missing' }),
  ]
}
