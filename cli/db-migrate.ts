import type { Command } from 'commander'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

/** `quark db:migrate` */
export function addDatabaseMigrate(program: Command): void {
  program
    .command('db:migrate')
    .description(
      inLanguage({
        en: 'bring the database up to date (starting does it as well)',
        ru: 'обновить базу данных (при запуске это происходит само)',
      }),
    )
    .option(...JSON_OPTION)
    .action(async (options: { json?: boolean }) => {
      const steps = await withStation(async ({ migrated }) => migrated)
      const fine = inLanguage({ en: 'The database is up to date.', ru: 'База данных в порядке.' })
      answer(options, { applied: steps }, steps.length > 0 ? steps : [fine])
    })
}
