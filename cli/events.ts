import type { Command } from 'commander'
import { answer, CommandFailure, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

const TAIL = 20

/** `quark events:tail`, `events:replay`, `events:dead` */
export function addEvents(program: Command): void {
  addTail(program)
  addReplay(program)
  addDead(program)
}

function addTail(program: Command): void {
  program
    .command('events:tail')
    .description(inLanguage({ en: 'show the last events', ru: 'показать последние события' }))
    .option(
      '--after <seq>',
      inLanguage({ en: 'only those after this number', ru: 'только после этого номера' }),
    )
    .option('--limit <n>', inLanguage({ en: 'how many', ru: 'сколько' }), String(TAIL))
    .option(...JSON_OPTION)
    .action(async (options: { after?: string; limit: string; json?: boolean }) => {
      const limit = wholeNumber(options.limit)
      const items = await withStation(({ bus }) =>
        options.after === undefined ? bus.last(limit) : bus.tail(wholeNumber(options.after), limit),
      )
      const lines = items.map(
        ({ seq, event }) =>
          `${String(seq).padStart(8)}  ${event.time}  ${event.type.padEnd(24)} ${event.subject}`,
      )
      answer(options, { items }, lines)
    })
}

function addReplay(program: Command): void {
  program
    .command('events:replay')
    .argument('<consumer>', inLanguage({ en: 'module/event', ru: 'модуль/событие' }))
    .option(
      '--from <seq>',
      inLanguage({ en: 'begin at this number', ru: 'начать с этого номера' }),
      '1',
    )
    .description(
      inLanguage({
        en: 'deliver events to a consumer once more',
        ru: 'доставить события подписчику ещё раз',
      }),
    )
    .action(async (consumer: string, options: { from: string }) => {
      await withStation(
        async ({ bus }) => {
          const known = (await bus.lag()).some((row) => row.consumer === consumer)
          if (!known) throw unknownConsumer(consumer)
          await bus.replay(consumer, wholeNumber(options.from))
          await bus.settle()
        },
        { deliver: true },
      )
      console.log(inLanguage({ en: 'Delivered again.', ru: 'Доставлено ещё раз.' }))
    })
}

function addDead(program: Command): void {
  program
    .command('events:dead')
    .description(
      inLanguage({
        en: 'show, retry or skip dead letters',
        ru: 'показать, повторить или пропустить недоставленное',
      }),
    )
    .option(
      '--retry <consumer#seq>',
      inLanguage({ en: 'deliver once more', ru: 'доставить ещё раз' }),
    )
    .option(
      '--skip <consumer#seq>',
      inLanguage({ en: 'give up for good', ru: 'больше не доставлять' }),
    )
    .option(...JSON_OPTION)
    .action(async (options: { retry?: string; skip?: string; json?: boolean }) => {
      const items = await withStation(
        async ({ bus }) => {
          if (options.retry !== undefined) await bus.deadLetters.retry(...letter(options.retry))
          if (options.skip !== undefined) await bus.deadLetters.skip(...letter(options.skip))
          if (options.retry !== undefined) await bus.settle()
          return bus.deadLetters.list()
        },
        { deliver: options.retry !== undefined },
      )
      const none = inLanguage({ en: 'No dead letters.', ru: 'Недоставленного нет.' })
      const lines = items.map((item) => `${item.consumer}#${item.seq}  ${item.error}`)
      answer(options, { items }, lines.length > 0 ? lines : [none])
    })
}

function letter(name: string): [string, number] {
  const at = name.lastIndexOf('#')
  return [name.slice(0, at), wholeNumber(name.slice(at + 1))]
}

function wholeNumber(text: string | undefined): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new CommandFailure({
    en: `${text} is not a whole number.`,
    ru: `${text} — не целое число.`,
  })
}

function unknownConsumer(consumer: string): CommandFailure {
  return new CommandFailure({
    en: `There is no consumer ${consumer}. They are named module/event, see module:list.`,
    ru: `Подписчика ${consumer} нет. Имена имеют вид модуль/событие, см. module:list.`,
  })
}
