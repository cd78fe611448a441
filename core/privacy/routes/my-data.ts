import { h } from 'preact'
import { fullDate } from '../../../templates/index.ts'
import type { Locale } from '../../port/requests.ts'
import { actorOf, corePage, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { MediaStore } from '../../media/media-store.ts'
import type { HtmlPage, PagePart, SlotContext } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { Slots } from '../../views/slots.ts'
import { EXPORT_DAYS, type PersonalExports } from '../export/personal-exports.ts'
import type { ExportTable } from '../tables.ts'
import { type DataExport, MyData, MyDataPage } from '../views/my-data.tsx'

export interface MyDataServices {
  readonly exports: PersonalExports
  readonly catalogue: Catalogue
  readonly slots: Slots
  readonly media: Pick<MediaStore, 'usage'>
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
    corePage('GET', PATH, { policy: 'member' }, async (request): Promise<HtmlPage> => {
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
    corePage('POST', PATH, { policy: 'member', limit: LIMIT }, async (request) => {
      await exports.request(actorOf(request).id, request.locale)
      return { kind: 'redirect', to: PATH }
    }),
    corePage('POST', `${PATH}/cancel`, { policy: 'member' }, async (request) => {
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
  { exports, media, catalogue }: MyDataServices,
  userId: string,
  locale: Locale,
): Promise<string> {
  const [[row], usage] = await Promise.all([exports.list(userId), media.usage(userId)])
  const last = row ? await shown(exports, row, locale) : undefined
  const t = catalogue.translator(locale)
  const room = {
    taken: sizeOf(usage.bytes, locale),
    all: sizeOf(usage.max.bytes, locale),
    share: Math.min(1, usage.bytes / usage.max.bytes),
  }
  return renderView(h(MyData, { t, locale, last, room, days: EXPORT_DAYS }))
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

const UNITS = [
  [1_000_000_000, 'gigabyte'],
  [1_000_000, 'megabyte'],
  [1_000, 'kilobyte'],
] as const

function sizeOf(bytes: number, locale: Locale): string {
  const [size, unit] = UNITS.find(([least]) => bytes >= least) ?? UNITS[2]
  const value = bytes / size
  const options = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat(locale, options).format(value).replaceAll(' ', '\u00A0')
}
