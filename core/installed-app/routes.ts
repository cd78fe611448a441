import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { h } from 'preact'
import type { Config } from '../../config.ts'
import { OfflinePage } from '../../templates/index.ts'
import type { ModuleRequest, ModuleResponse } from '../port/requests.ts'
import { corePage, coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Assets } from '../views/assets.ts'
import type { HtmlPage } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'

export interface AppServices {
  readonly assets: Assets
  readonly catalogue: Catalogue
  /** As the operator has set it, at each moment. */
  readonly config: Pick<Config, 'station'>
}

/** What the page for offline is drawn with. */
const KIT = [
  'resident.css',
  'favicon.svg',
  'inter-latin-wght-normal.woff2',
  'inter-cyrillic-wght-normal.woff2',
]

/** What makes the station an app of the browser: its program, its card, and what it shows offline. */
export function appRoutes(services: AppServices): readonly DockedRoute[] {
  return [
    coreRoute(
      'GET',
      '/sw.js',
      { policy: 'public', summary: 'The service worker: pushes, and the page for offline' },
      async () => scriptAnswer(await programOf(services)),
    ),
    coreRoute(
      'GET',
      '/app.webmanifest',
      { policy: 'public', summary: 'The card of the app' },
      async () => cardAnswer(services),
    ),
    corePage('GET', '/offline', { policy: 'public' }, async (request) =>
      offlinePage(services, request),
    ),
  ]
}

/** Browsers fetch the kit anew when the program differs in a byte: with any file, and the name. */
async function programOf({ assets, config }: AppServices): Promise<string> {
  const program = basename(assets.url('installed-app/service-worker.js'))
  const files = KIT.map((name) => assets.url(name))
  const parts = [program, ...files, config.station.name]
  const name = `app-${createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)}`
  const kit = `self.offlineKit = ${JSON.stringify({ name, files })}\n`
  return kit + (await readFile(join(assets.dir, program), 'utf8'))
}

function offlinePage({ catalogue, config }: AppServices, { locale }: ModuleRequest): HtmlPage {
  const t = catalogue.translator(locale)
  return {
    kind: 'html',
    title: t('offline.title'),
    shell: 'focus',
    html: renderView(h(OfflinePage, { t, locale, stationName: config.station.name })),
    head: { noindex: true },
  }
}

function cardAnswer({ assets, config }: AppServices): ModuleResponse {
  const { name } = config.station
  const icon = { src: assets.url('favicon.svg'), sizes: 'any', type: 'image/svg+xml' }
  const body = JSON.stringify({
    name,
    short_name: name,
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    icons: [{ ...icon, purpose: 'any' }],
  })
  const headers = { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' }
  return { headers, body }
}

/** Its policy is the worker's own: it may ask this station, and nobody else. */
function scriptAnswer(body: string): ModuleResponse {
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'none'; connect-src 'self'",
  }
  return { headers, body }
}
