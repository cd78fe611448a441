import type { Command } from 'commander'
import { randomBytes } from 'node:crypto'
import type { Role } from '../core/port/requests.ts'
import { answer, CommandFailure, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

const ROLES: readonly Role[] = ['owner', 'admin', 'moderator', 'member']

interface Options {
  readonly email: string
  readonly role: string
  readonly password?: string
  readonly json?: boolean
}

/** `quark user:create <name>` */
export function addUserCreate(program: Command): void {
  program
    .command('user:create')
    .argument('<username>', inLanguage({ en: 'address of the page', ru: 'адрес страницы' }))
    .requiredOption('--email <address>', inLanguage({ en: 'e-mail address', ru: 'адрес почты' }))
    .option('--role <role>', ROLES.join(', '), 'member')
    .option(
      '--password <password>',
      inLanguage({
        en: 'made up and printed when left out',
        ru: 'если не указан, будет создан и показан',
      }),
    )
    .option(...JSON_OPTION)
    .description(inLanguage({ en: 'create an account', ru: 'создать учётную запись' }))
    .action(async (username: string, options: Options) => {
      const role = ROLES.find((known) => known === options.role)
      if (!role) {
        throw new CommandFailure({
          en: `The role is one of: ${ROLES.join(', ')}.`,
          ru: `Роль — одна из: ${ROLES.join(', ')}.`,
        })
      }
      const password = options.password ?? randomBytes(15).toString('base64url')
      const user = await withStation(({ calls }) =>
        calls.call('users.create', { username, email: options.email, password, role }),
      )
      const made = options.password === undefined ? { password } : {}
      answer(options, { user, ...made }, [
        inLanguage({
          en: `Created ${username} (${role}).`,
          ru: `Создана учётная запись ${username} (${role}).`,
        }),
        ...(options.password === undefined
          ? [`${inLanguage({ en: 'Password', ru: 'Пароль' })}: ${password}`]
          : []),
      ])
    })
}
