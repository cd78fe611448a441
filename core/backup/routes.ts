import { h } from 'preact'
import { fullDate, timeOfDay } from '../../templates/index.ts'
import type { Locale, ModuleRequest } from '../port/requests.ts'
import { corePage } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { StationSettings } from '../settings/index.ts'
import type { HtmlPage } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'
import type { Slots } from '../views/slots.ts'
import { type BackupApiServices, backupApi, begin, bytesOf, LIMIT } from './api.ts'
import type { BackupCheck, BackupState } from './index.ts'
import { AdminBackups } from './views/admin-backups.tsx'

export interface BackupRouteServices extends BackupApiServices {
  readonly settings: Pick<StationSettings, 'backups'>
  readonly catalogue: Catalogue
  readonly slots: Slots
}

const PATH = '/admin/backups'
const ORDER = 75

/** The section of the administration about backups. */
export function backupRoutes(services: BackupRouteServices): readonly DockedRoute[] {
  const { backups, slots, catalogue } = services
  slots.add('admin.section', {
    module: 'core',
    mayUseHtml: true,
    fill: async ({ locale }) => {
      const label = catalogue.translator(locale)('backups.title')
      return { order: ORDER, link: { href: PATH, icon: 'hard-drive', label } }
    },
  })
  return [
    corePage('GET', PATH, { policy: 'admin' }, (request) => overview(services, request)),
    corePage('POST', PATH, { policy: 'admin', limit: LIMIT }, async () => {
      await begin(services)
      return { kind: 'redirect', to: PATH }
    }),
    corePage(
      'POST',
      `${PATH}/:name/check`,
      { policy: 'admin', limit: LIMIT },
      async ({ params }) => {
        await backups.beginCheck(params['name'] ?? '')
        return { kind: 'redirect', to: PATH }
      },
    ),
    bytesOf(services, `${PATH}/:name`),
    ...backupApi(services),
  ]
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
  return new Intl.NumberFormat(locale, style).format(value).replaceAll(' ', '\u00A0')
}
