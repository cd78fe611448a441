import { h } from 'preact'
import { fullDate, timeOfDay } from '../../templates/index.ts'
import type { Locale, ModuleRequest, ModuleResponse, PageOptions, RouteOptions } from '../app.ts'
import type { Audit } from '../audit/index.ts'
import type { DockedRoute } from '../http/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { StationSettings } from '../settings/index.ts'
import { Type } from '../type.ts'
import type { HtmlPage, PageResult } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'
import type { Slots } from '../views/slots.ts'
import type { BackupRoom } from './backup-room.ts'
import type { BackupCheck, BackupState } from './index.ts'
import { AdminBackups } from './views/admin-backups.tsx'

export interface BackupRouteServices {
  readonly backups: BackupRoom
  readonly settings: Pick<StationSettings, 'backups'>
  readonly audit: Audit
  readonly catalogue: Catalogue
  readonly slots: Slots
}

const PATH = '/admin/backups'
const ORDER = 75
/** A check reads the whole archive. */
const LIMIT = { max: 20, windowS: 3_600 }
const STATE = { policy: 'admin', summary: 'Backups, and what is being made now' } as const
const place = { module: 'core', isCore: true } as const

/** The section of the administration about backups. */
export function backupRoutes(services: BackupRouteServices): readonly DockedRoute[] {
  const { backups, audit, slots, catalogue } = services
  slots.add('admin.section', {
    module: 'core',
    mayUseHtml: true,
    fill: async ({ locale }) => {
      const label = catalogue.translator(locale)('backups.title')
      return { order: ORDER, link: { href: PATH, icon: 'hard-drive', label } }
    },
  })
  return [
    page({ policy: 'admin', method: 'GET' }, PATH, (request) => overview(services, request)),
    page({ policy: 'admin', method: 'POST', limit: LIMIT }, PATH, async () => {
      /* Pressed twice, it is one. */
      if (!backups.isRunning) {
        backups.begin('by-hand')
        await audit.record({ action: 'backup.begun', outcome: 'done' })
      }
      return { kind: 'redirect', to: PATH }
    }),
    page(
      { policy: 'admin', method: 'POST', limit: LIMIT },
      `${PATH}/:name/check`,
      async ({ params }) => {
        await backups.beginCheck(params['name'] ?? '')
        return { kind: 'redirect', to: PATH }
      },
    ),
    route(
      { policy: 'owner', stepUp: true, summary: 'The bytes of a backup' },
      `${PATH}/:name`,
      (request) => download(services, request),
    ),
    route(STATE, '/api/v1/admin/backups', async () => {
      const [items, state] = [await backups.list(), await backups.state()]
      return { body: { items, ...state } }
    }),
  ]
}

/** Everything about everybody is in it: the owner alone takes it along, and it is written down. */
async function download(
  { backups, audit }: BackupRouteServices,
  { params, method }: ModuleRequest,
): Promise<ModuleResponse> {
  const name = params['name'] ?? ''
  const { bytes, open } = await backups.find(name)
  const headers = {
    'content-type': 'application/gzip',
    'content-length': String(bytes),
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  }
  if (method === 'HEAD') return { headers }
  await audit.record({ action: 'backup.downloaded', outcome: 'done', subject: `backup/${name}` })
  return { headers, body: open() }
}

async function overview(
  { backups, settings, catalogue }: BackupRouteServices,
  { locale, actor }: ModuleRequest,
): Promise<HtmlPage> {
  const [items, { running, last }] = await Promise.all([backups.list(), backups.state()])
  const t = catalogue.translator(locale)
  const shownCheck = (check: BackupCheck | null) =>
    check && { time: moment(check.at, locale), problem: check.problem?.[locale] ?? null }
  const html = renderView(
    h(AdminBackups, {
      t,
      locale,
      items: items.map(({ name, kind, bytes, madeAt, check }) => ({
        name,
        kind,
        at: madeAt,
        time: moment(madeAt, locale),
        size: sizeIn(locale, bytes),
        check: shownCheck(check),
      })),
      running: running && { step: running.step, percent: percentOf(running) },
      problem: last?.problem?.[locale] ?? null,
      isDaily: settings.backups.daily,
      keep: settings.backups.keep,
      isOwner: actor?.role === 'owner',
    }),
  )
  const scripts = running ? { scripts: ['backup/backup'] } : {}
  const title = t('backups.title')
  return { kind: 'html', shell: 'admin', title, html, head: { noindex: true }, ...scripts }
}

function percentOf({ done, total }: NonNullable<BackupState['running']>): number | null {
  return total === null ? null : Math.min(100, Math.floor((100 * done) / Math.max(total, 1)))
}

function moment(at: string, locale: Locale): string {
  return `${fullDate(at, locale, 'UTC')}, ${timeOfDay(at, locale, 'UTC')} UTC`
}

function sizeIn(locale: Locale, bytes: number): string {
  const unit = bytes < 1e9 ? 'megabyte' : 'gigabyte'
  const value = bytes / (unit === 'megabyte' ? 1e6 : 1e9)
  const style = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, style).format(value)
}

function page(
  options: PageOptions & { readonly method: 'GET' | 'POST' },
  path: string,
  invoke: (request: ModuleRequest) => Promise<PageResult>,
): DockedRoute {
  const { method, policy } = options
  return { ...place, kind: 'page', method, path, policy, options, invoke }
}

function route(
  options: Pick<RouteOptions, 'policy' | 'stepUp' | 'summary'>,
  path: string,
  invoke: (request: ModuleRequest) => Promise<ModuleResponse>,
): DockedRoute {
  const { policy } = options
  const responses = { 200: Type.Unknown() }
  const all: RouteOptions = { ...options, responses }
  return { ...place, kind: 'route', method: 'GET', path, policy, options: all, invoke }
}
