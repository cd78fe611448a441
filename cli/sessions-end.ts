import type { Command } from 'commander'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

/** `quark sessions:end --all`: also while the server runs; it notices within seconds. */
export function addSessionsEnd(program: Command): void {
  program
    .command('sessions:end')
    .requiredOption(
      '--all',
      inLanguage({ en: 'of everybody, also the owners', ru: 'у всех, и у владельцев тоже' }),
    )
    .option(...JSON_OPTION)
    .description(inLanguage({ en: 'end the sessions of everybody', ru: 'завершить сеансы всех' }))
    .action(async (options: { readonly json?: boolean }) => {
      const ended = await withStation(({ auth }) => auth.residents.endEverybody('operator'))
      answer(options, { ended }, [
        inLanguage({
          en: `Ended: ${ended}. Everybody has to sign in again.`,
          ru: `Завершено: ${ended}. Всем нужно войти заново.`,
        }),
      ])
    })
}
