import { h } from 'preact'
import { fullDate, timeOfDay } from '../../../templates/index.ts'
import type { Locale, ModuleRequest, ModuleResponse } from '../../port/requests.ts'
import { csvLine } from '../../csv.ts'
import type { StationAuth } from '../../auth/index.ts'
import type { Calls } from '../../calls/calls.ts'
import { actorOf, corePage, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import { zoneOf } from '../../notifications/people.ts'
import type { HtmlPage } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { Consents } from '../consent/consents.ts'
import type { ConsentTable } from '../tables.ts'
import { AdminConsents } from '../views/admin-privacy.tsx'

export interface AdminConsentServices {
  readonly consents: Consents
  readonly auth: Pick<StationAuth, 'identityByUsername' | 'identitiesByIds'>
  readonly catalogue: Catalogue
  readonly calls: Calls
}

const PATH = '/admin/privacy/consents'
const PAGE_SIZE = 50
/** More rows than this are asked for by the person. */
const MAX_ROWS = 50_000
const BATCH = 200
const COLUMNS = [
  'id',
  'user_id',
  'purpose',
  'action',
  'document',
  'version',
  'sha256',
  'locale',
  'at',
  'ip',
  'user_agent',
  'method',
] as const satisfies readonly (keyof ConsentTable)[]

/** The records of consents: found by person, and handed over as a table. */
export function adminConsentPages(services: AdminConsentServices): readonly DockedRoute[] {
  return [
    corePage('GET', PATH, { policy: 'admin' }, (request) => list(services, request)),
    coreRoute(
      'GET',
      `${PATH}.csv`,
      { policy: 'admin', summary: 'Records of consents as CSV' },
      (request) => table(services, request),
    ),
  ]
}

/** Whose records are asked for; undefined for everybody’s. */
export async function peopleIn(
  { auth }: AdminConsentServices,
  { query }: ModuleRequest,
): Promise<{ readonly userIds?: readonly string[] }> {
  const asked = (query['q'] ?? '').trim()
  if (asked === '') return {}
  const found = await auth.identityByUsername(asked.replace(/^@/, ''))
  return { userIds: [found?.id ?? asked] }
}

async function list(services: AdminConsentServices, request: ModuleRequest): Promise<HtmlPage> {
  const { consents, catalogue } = services
  const { locale, query } = request
  const cursor = query['cursor']
  const filter = { ...(await peopleIn(services, request)), limit: PAGE_SIZE + 1 }
  const rows = await consents.records({ ...filter, ...(cursor ? { before: cursor } : {}) })
  const shown = rows.slice(0, PAGE_SIZE)
  const timeZone = await zoneOf(services.calls, actorOf(request).id)
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined
  const q = query['q'] ?? ''
  const t = catalogue.translator(locale)
  const props = {
    t,
    locale,
    query: q,
    rows: await named(services, shown, { locale, timeZone }),
    next: last ? `${PATH}?q=${encodeURIComponent(q)}&cursor=${last.id}` : undefined,
  }
  const html = renderView(h(AdminConsents, props))
  const title = t('adminPrivacy.consents')
  return { kind: 'html', shell: 'admin', title, html, head: { noindex: true } }
}

async function named(
  { auth }: AdminConsentServices,
  rows: readonly ConsentTable[],
  { locale, timeZone }: { readonly locale: Locale; readonly timeZone: string },
) {
  const ids = [...new Set(rows.map((row) => row.user_id))]
  const people = await auth.identitiesByIds(ids)
  const names = new Map(people.map(({ id, username }) => [id, username]))
  return rows.map(({ id, user_id, purpose, action, version, at, method, ip }) => {
    const time = `${fullDate(at, locale, timeZone)}, ${timeOfDay(at, locale, timeZone)}`
    return {
      id,
      who: names.get(user_id) ?? user_id,
      purpose,
      action,
      version,
      at: time,
      method,
      ip,
    }
  })
}

async function table(
  services: AdminConsentServices,
  request: ModuleRequest,
): Promise<ModuleResponse> {
  const who = await peopleIn(services, request)
  const lines = [COLUMNS.join(',')]
  let before: string | undefined
  while (lines.length <= MAX_ROWS) {
    const filter = { ...who, limit: BATCH, ...(before === undefined ? {} : { before }) }
    const rows = await services.consents.records(filter)
    for (const row of rows) lines.push(csvLine(COLUMNS.map((name) => row[name])))
    before = rows.at(-1)?.id
    if (rows.length < BATCH) break
  }
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="consents.csv"',
  }
  return { headers, body: `${lines.join('\r\n')}\r\n` }
}
