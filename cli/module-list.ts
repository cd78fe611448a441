import type { Command } from 'commander'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

/** `quark module:list` */
export function addModuleList(program: Command): void {
  program
    .command('module:list')
    .description(
      inLanguage({ en: 'show the modules and their states', ru: 'показать модули и их состояния' }),
    )
    .option(...JSON_OPTION)
    .action(async (options: { json?: boolean }) => {
      const modules = await withStation(async ({ loader }) =>
        loader.modules.map(({ id, status, manifest, reason }) => ({
          id,
          status,
          version: manifest?.version ?? null,
          level: manifest?.level ?? null,
          reason: reason ?? null,
        })),
      )
      const lines = modules.map(({ id, status, version, reason }) =>
        [id.padEnd(24), (version ?? '—').padEnd(10), status.padEnd(12), reason ?? '']
          .join(' ')
          .trimEnd(),
      )
      const none = inLanguage({ en: 'No modules.', ru: 'Модулей нет.' })
      answer(options, { items: modules }, lines.length > 0 ? lines : [none])
    })
}
