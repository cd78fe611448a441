import type { Command } from 'commander'
import { authErrors } from '../core/auth/errors.ts'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

interface Options {
  readonly secondFactor?: boolean
  readonly json?: boolean
}

/** `quark user:reset <name>`: for whoever has the machine, where no mail is sent. */
export function addUserReset(program: Command): void {
  program
    .command('user:reset')
    .argument('<username>', inLanguage({ en: 'address of the page', ru: 'адрес страницы' }))
    .option(
      '--second-factor',
      inLanguage({
        en: 'take the second factor away instead, and end all sessions',
        ru: 'вместо этого снять второй фактор и завершить все сеансы',
      }),
    )
    .option(...JSON_OPTION)
    .description(
      inLanguage({
        en: 'print a link that sets a new password, or take a lost second factor away',
        ru: 'показать ссылку, по которой задают новый пароль, или снять потерянный второй фактор',
      }),
    )
    .action(async (username: string, options: Options) => {
      if (options.secondFactor) return takeFactorAway(username, options)
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

/** The password stays, so whoever asked for it in the person's name has gained nothing else. */
async function takeFactorAway(username: string, options: Options): Promise<void> {
  await withStation(async ({ auth }) => {
    const account = await auth.identityByUsername(username)
    if (!account) throw authErrors.QL_AUTH_NOBODY()
    await auth.residents.takeFactorAway('operator', account.id)
  })
  answer(options, { username, secondFactor: 'removed' }, [
    inLanguage({
      en: 'The second factor is gone and every session has ended; the person is told.',
      ru: 'Второй фактор снят, все сеансы завершены; человек узнает об этом из уведомления и письма.',
    }),
  ])
}
