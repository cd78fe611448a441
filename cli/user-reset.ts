import type { Command } from 'commander'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

/** `quark user:reset <name>`: for whoever has the machine, where no mail is sent. */
export function addUserReset(program: Command): void {
  program
    .command('user:reset')
    .argument('<username>', inLanguage({ en: 'address of the page', ru: 'адрес страницы' }))
    .option(...JSON_OPTION)
    .description(
      inLanguage({
        en: 'print a link that sets a new password',
        ru: 'показать ссылку, по которой задают новый пароль',
      }),
    )
    .action(async (username: string, options: { readonly json?: boolean }) => {
      const url = await withStation(({ auth }) => auth.links.makeReset(username))
      answer(options, { username, url }, [
        url,
        inLanguage({
          en: 'It works once and for 30 minutes; only the person may have it.',
          ru: 'Действует один раз и 30 минут; передайте её только этому человеку.',
        }),
      ])
    })
}
