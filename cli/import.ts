import type { Command } from 'commander'
import { resolve } from 'node:path'
import { answer, CommandFailure, inLanguage, JSON_OPTION } from './speech.ts'
import { withStation } from './with-station.ts'

interface Progress {
  readonly id: string
  readonly done: number
  readonly total: number
  readonly isFinished: boolean
  readonly report: Report | null
}

interface Report {
  readonly posts: number
  readonly pages: number
  readonly media: number
  readonly comments: {
    readonly approved: number
    readonly pending: number
    readonly mentions: number
  }
  readonly skipped: Readonly<Record<string, number>>
  readonly waiting: readonly { readonly url: string }[]
  readonly dropped: readonly {
    readonly post: string
    readonly what: string
    readonly detail: string
  }[]
  readonly failed: readonly { readonly post: string; readonly reason: string }[]
  readonly added: {
    readonly posts: number
    readonly pages: number
    readonly media: number
    readonly comments: number
  }
}

/** `quark import wordpress <file> --user <name>` */
export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<format>', 'wordpress')
    .argument('<file>', inLanguage({ en: 'the export (WXR)', ru: 'файл выгрузки (WXR)' }))
    .requiredOption('--user <name>', inLanguage({ en: 'whose blog it becomes', ru: 'в чей блог' }))
    .option(...JSON_OPTION)
    .description(inLanguage({ en: 'move a blog in', ru: 'перенести блог' }))
    .action(async (format: string, file: string, options: { user: string; json?: boolean }) => {
      if (format !== 'wordpress') {
        throw new CommandFailure({
          en: `${format} cannot be imported; wordpress can.`,
          ru: `${format} перенести нельзя; можно wordpress.`,
        })
      }
      const report = await withStation(async ({ calls }) => {
        let progress = (await calls.call('blog.import', {
          file: resolve(file),
          username: options.user,
        })) as Progress
        while (!progress.isFinished) {
          progress = (await calls.call('blog.import-step', { id: progress.id })) as Progress
          if (process.stderr.isTTY) process.stderr.write(`\r${progress.done}/${progress.total} `)
        }
        if (process.stderr.isTTY) process.stderr.write('\n')
        return progress.report
      })
      if (report) answer(options, report, lines(report))
    })
}

function lines(report: Report): string[] {
  const { comments, added, skipped } = report
  const total = comments.approved + comments.pending + comments.mentions
  const other = Object.entries(skipped)
    .map(([type, count]) => `${type} ${count}`)
    .join(', ')
  return [
    inLanguage({
      en: `In the export: ${report.posts} posts, ${report.pages} pages, ${report.media} files, ${total} comments.`,
      ru: `В выгрузке: записей ${report.posts}, страниц ${report.pages}, файлов ${report.media}, комментариев ${total}.`,
    }),
    inLanguage({
      en: `New here: ${added.posts} posts, ${added.pages} pages, ${added.media} files, ${added.comments} comments.`,
      ru: `Добавлено: записей ${added.posts}, страниц ${added.pages}, файлов ${added.media}, комментариев ${added.comments}.`,
    }),
    ...(other === '' ? [] : [inLanguage({ en: `Skipped: ${other}.`, ru: `Пропущено: ${other}.` })]),
    ...(report.waiting.length === 0
      ? []
      : [
          inLanguage({
            en: `Not fetched, shown as placeholders: ${report.waiting.length} files.`,
            ru: `Не загружено, показано заглушками: файлов ${report.waiting.length}.`,
          }),
        ]),
    ...report.dropped.map(({ post, what, detail }) => `  ${post}: ${what} ${detail}`),
    ...report.failed.map(({ post, reason }) => `! ${post}: ${reason}`),
  ]
}
