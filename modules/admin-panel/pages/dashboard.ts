import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { Dashboard } from '../views/dashboard.tsx'

/** How the station is doing, at a glance. */
export function dashboardPages(app: App): void {
  app.page('/admin', { policy: 'admin' }, (request) => dashboard(app, request))
}

async function dashboard(app: App, { actor, locale, path }: ModuleRequest): Promise<HtmlPage> {
  const t = app.translator(locale)
  const parts = await app.slotParts('admin.dashboard', { actor, locale, path })
  return {
    kind: 'html',
    shell: 'admin',
    title: t('admin.section.dashboard'),
    html: renderView(h(Dashboard, { t, locale, parts })),
    head: { noindex: true },
  }
}
