import type { Command } from 'commander'
import { CommandFailure, inLanguage } from './speech.ts'
import { withStation } from './with-station.ts'

/** `quark demo` */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      inLanguage({
        en: 'fill an empty station with people, posts and pictures',
        ru: 'наполнить пустую станцию людьми, записями и картинками',
      }),
    )
    .action(async () => {
      await withStation(async ({ auth, loader }) => {
        if ((await auth.countIdentities()) > 0) {
          throw new CommandFailure({
            en: 'Somebody already lives on this station; the demo fills only an empty one.',
            ru: 'На станции уже кто-то есть; демонстрация наполняет только пустую.',
          })
        }
        await loader.fillDemo()
      })
      console.log(inLanguage({ en: 'The station is filled.', ru: 'Станция наполнена.' }))
    })
}
