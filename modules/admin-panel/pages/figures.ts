import { type App, type Locale, type ModuleRequest, type PageResult, spreadsheet } from '#core'
import { periodIn } from '../overview/periods.ts'
import { type Stats, statsOf } from '../overview/stats.ts'

const COLUMNS = ['messages', 'posts', 'people', 'behind', 'requests', 'errors'] as const

/** The numbers the overview draws, as a table to take along. */
export function figurePages(app: App): void {
  app.page('/admin/figures', { policy: 'admin' }, (request) => figures(app, request))
}

async function figures(app: App, { locale, query }: ModuleRequest): Promise<PageResult> {
  const stats = await statsOf(app, periodIn(query['period']))
  return {
    kind: 'raw',
    contentType: 'text/csv; charset=utf-8',
    fileName: `figures-${stats.period}.csv`,
    body: sheetOf(stats, locale, app.translator(locale)),
  }
}

function sheetOf(stats: Stats, locale: Locale, t: ReturnType<App['translator']>): string {
  const head = [t('admin.board.time'), ...COLUMNS.map((name) => t(`admin.figures.${name}`))]
  const { messages, posts, people, behind, requests, errors } = stats
  const columns = { messages, posts, people, behind: { values: behind }, requests, errors }
  const rows = stats.moments.map((moment, index) => [
    moment.length > 10 ? `${moment.replace('T', ' ')}:00` : moment,
    ...COLUMNS.map((name) => columns[name].values[index] ?? 0),
  ])
  return spreadsheet([head, ...rows], locale)
}
