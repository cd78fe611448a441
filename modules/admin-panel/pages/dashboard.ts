import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { peopleIn, shownAs } from '../people/names.ts'
import { actorOf } from '../requester.ts'
import { periodIn } from '../overview/periods.ts'
import { statsOf } from '../overview/stats.ts'
import { troublesIn } from '../overview/troubles.ts'
import { Dashboard } from '../views/dashboard.tsx'
import { BoardTools } from '../views/board-tools.tsx'

const LOG_ROWS = 5
/** Among so many; who signs in would else push everything away. */
const LOOKED_AT = 100

/** How the station is doing, at a glance. */
export function dashboardPages(app: App): void {
  app.page('/admin', { policy: 'admin' }, (request) => dashboard(app, request))
}

async function dashboard(app: App, request: ModuleRequest): Promise<HtmlPage> {
  const { actor, locale, path } = request
  const t = app.translator(locale)
  const period = periodIn(request.query['period'])
  const [stats, parts, { items }] = await Promise.all([
    statsOf(app, period),
    app.slotParts('admin.dashboard', { actor, locale, path }),
    app.administration.audit.list({}, LOOKED_AT),
  ])
  const log = items.filter(({ action }) => action !== 'session.opened').slice(0, LOG_ROWS)
  const { id } = actorOf(request)
  const shown = await shownAs(app, [id, ...peopleIn(log)])
  const timeZone = shown.get(id)?.timeZone ?? 'UTC'
  const troubles = troublesIn(stats.health, t)
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.dashboard'),
    beside: { tools: renderView(h(BoardTools, { t, locale, period })) },
    html: renderView(h(Dashboard, { t, locale, stats, troubles, parts, log, shown, timeZone })),
    head: { noindex: true },
    scripts: ['admin-panel/dashboard'],
  }
}
