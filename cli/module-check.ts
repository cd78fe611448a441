import type { Command } from 'commander'
import { resolve } from 'node:path'
import { checkModule } from '../core/module-loader/manifest/check-module.ts'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'

/** `quark module:check <folder>` */
export function addModuleCheck(program: Command): void {
  program
    .command('module:check')
    .argument('<folder>', inLanguage({ en: 'folder of the module', ru: 'папка модуля' }))
    .description(
      inLanguage({
        en: 'compare what a module declares with what it binds',
        ru: 'сверить, что модуль объявляет и что подключает',
      }),
    )
    .option(...JSON_OPTION)
    .action(async (folder: string, options: { json?: boolean }) => {
      const problems = await checkModule(resolve(folder))
      const fine = inLanguage({ en: 'The module is in order.', ru: 'С модулем всё в порядке.' })
      answer(options, { problems }, problems.length > 0 ? problems : [fine])
      if (problems.length > 0) process.exitCode = 1
    })
}
