import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { rotateKeys } from '../core/auth/keys/secrets.ts'
import { answer, inLanguage, JSON_OPTION } from './speech.ts'

/** `quark keys:rotate` */
export function addKeysRotate(program: Command): void {
  program
    .command('keys:rotate')
    .option(
      '--pepper',
      inLanguage({
        en: 'a new pepper as well; passwords get it when their people sign in',
        ru: 'сменить и «перец»; пароли перейдут на него при следующем входе',
      }),
    )
    .option(...JSON_OPTION)
    .description(
      inLanguage({
        en: 'sign with a new key; nobody is signed out',
        ru: 'подписывать новым ключом; никого не выбросит из сеанса',
      }),
    )
    .action((options: { readonly pepper?: boolean; readonly json?: boolean }) => {
      const done = rotateKeys(readConfig().dataDir, {
        now: new Date(),
        pepper: options.pepper === true,
      })
      answer(options, { ...done }, [
        inLanguage({
          en: `Tokens are signed with ${done.signs}. Those before are good until they expire.`,
          ru: `Токены подписывает ключ ${done.signs}. Прежние действуют, пока не истекут.`,
        }),
        ...(done.pepper === null
          ? []
          : [
              inLanguage({
                en: `New passwords get the pepper ${done.pepper}. Make a copy of secrets.json: old copies do not know it.`,
                ru: `Новые пароли используют «перец» ${done.pepper}. Сделайте копию secrets.json: в прежних копиях его нет.`,
              }),
            ]),
      ])
    })
}
