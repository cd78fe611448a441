import { h } from 'preact'
import { fullDate } from '../../../templates/index.ts'
import type { Locale } from '../../app.ts'
import type { DockedRoute } from '../../http/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { HtmlPage, PagePart, SlotContext } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { Slots } from '../../views/slots.ts'
import { EXPORT_DAYS, type PersonalExports } from '../personal-exports.ts'
import type { ExportTable } from '../tables.ts'
import { type DataExport, MyData, MyDataPage } from '../views/my-data.tsx'
import { actorOf, formText, page } from './docked.ts'

export interface MyDataServices {
  readonly exports: PersonalExports
  readonly catalogue: Catalogue
  readonly slots: Slots
}

const PATH = '/settings/data'
const ORDER = 80
const LIMIT = { max: 30, windowS: 3_600 }

/** The card in the settings, the page that shows how far an archive is, and their forms. */
export function myDataPages(services: MyDataServices): readonly DockedRoute[] {
  const { exports, slots } = services
  slots.add('settings.section', {
    module: 'core',
    mayUseHtml: true,
    fill: (context) => part(services, context),
  })
  return [
    page('GET', PATH, { policy: 'member' }, async (request): Promise<HtmlPage> => {
      const { locale } = request
      const t = services.catalogue.translator(locale)
      const title = t('data.title')
      const html = await card(services, actorOf(request).id, locale)
      return {
        kind: 'html',
        title,
        html: renderView(h(MyDataPage, { t, title, card: html })),
        head: { noindex: true },
        scripts: ['privacy/export'],
      }
    }),
    page('POST', PATH, { policy: 'member', limit: LIMIT }, async (request) => {
      await exports.request(actorOf(request).id, request.locale)
      return { kind: 'redirect', to: PATH }
    }),
    page('POST', `${PATH}/cancel`, { policy: 'member' }, async (request) => {
      await exports.cancel(actorOf(request).id, formText(request, 'id'))
      return { kind: 'redirect', to: PATH }
    }),
  ]
}

async function part(
  services: MyDataServices,
  { actor, locale }: SlotContext,
): Promise<PagePart | null> {
  if (!actor) return null
  const label = services.catalogue.translator(locale)('data.title')
  return {
    order: ORDER,
    title: label,
    link: { href: '#my-data', icon: 'package-open', label },
    html: await card(services, actor.id, locale),
  }
}

async function card(
  { exports, catalogue }: MyDataServices,
  userId: string,
  locale: Locale,
): Promise<string> {
  const [row] = await exports.list(userId)
  const last = row ? await shown(exports, row, locale) : undefined
  const t = catalogue.translator(locale)
  return renderView(h(MyData, { t, locale, last, days: EXPORT_DAYS }))
}

async function shown(
  exports: PersonalExports,
  row: ExportTable,
  locale: Locale,
): Promise<DataExport> {
  const file = await exports.file(row)
  const { id, state, percent } = row
  const until = file && row.expires_at ? fullDate(row.expires_at, locale, 'UTC') : ''
  return { id, state, percent, size: sizeOf(file?.bytes ?? 0, locale), until }
}

const MEGABYTE = 1_000_000

function sizeOf(bytes: number, locale: Locale): string {
  const [value, unit] =
    bytes < MEGABYTE ? [bytes / 1_000, 'kilobyte'] : [bytes / MEGABYTE, 'megabyte']
  const options = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat(locale, options).format(value)
}
