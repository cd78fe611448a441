import { h } from 'preact'
import { fullDate } from '../../../templates/index.ts'
import type { ModuleRequest } from '../../port/requests.ts'
import type { Audit } from '../../audit/index.ts'
import { coreErrors } from '../../errors.ts'
import { actorOf, corePage, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { SectionValues } from '../../settings/index.ts'
import { zoneOf } from '../../notifications/people.ts'
import type { HtmlPage } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { Slots } from '../../views/slots.ts'
import type { ErasureRequests } from '../erasure/erasure-requests.ts'
import { DOCUMENTS } from '../legal/legal-template.ts'
import type { PersonalExports } from '../export/personal-exports.ts'
import type { Retention } from '../retention.ts'
import { AdminPrivacy } from '../views/admin-privacy.tsx'
import { type AdminConsentServices, adminConsentPages } from './admin-consents.ts'
import { type AdminDocumentServices, adminDocumentPages } from './admin-documents.ts'

export interface AdminPrivacyServices extends AdminConsentServices, AdminDocumentServices {
  readonly erasures: ErasureRequests
  readonly exports: PersonalExports
  readonly retention: Retention
  readonly settings: Pick<SectionValues, 'retention'>
  readonly slots: Slots
  readonly audit: Audit
}

const PATH = '/admin/privacy'
const ORDER = 60
const SHOWN_REPORTS = 7

/** The section of the administration about people's rights. */
export function adminPrivacyPages(services: AdminPrivacyServices): readonly DockedRoute[] {
  const { slots, catalogue } = services
  slots.add('admin.section', {
    module: 'core',
    mayUseHtml: true,
    fill: async ({ locale }) => {
      const label = catalogue.translator(locale)('adminPrivacy.title')
      return { order: ORDER, link: { href: PATH, icon: 'lock', label } }
    },
  })
  return [
    corePage('GET', PATH, { policy: 'admin' }, (request) => overview(services, request)),
    corePage('POST', `${PATH}/erasures/:id`, { policy: 'admin', stepUp: true }, async (request) => {
      const action = formText(request, 'action') === 'fulfil' ? 'fulfil' : 'cancel'
      await decide(services, request.params['id'] ?? '', action)
      return { kind: 'redirect', to: PATH }
    }),
    ...adminConsentPages(services),
    ...adminDocumentPages(services),
  ]
}

/** Decides, and writes it down. @throws QL_NOT_FOUND when the wish does not wait any more. */
export async function decide(
  { erasures, audit }: Pick<AdminPrivacyServices, 'erasures' | 'audit'>,
  id: string,
  decision: 'cancel' | 'fulfil',
): Promise<void> {
  const userId = await erasures.decide(id, decision)
  if (userId === undefined) throw coreErrors.QL_NOT_FOUND()
  await audit.record({
    action: `privacy.erasure-${decision === 'fulfil' ? 'fulfilled' : 'cancelled'}`,
    outcome: 'done',
    subject: `user/${userId}`,
  })
}

async function overview(services: AdminPrivacyServices, request: ModuleRequest): Promise<HtmlPage> {
  const { locale } = request
  const { catalogue, documents, erasures, retention, exports, settings, auth } = services
  const timeZone = await zoneOf(services.calls, actorOf(request).id)
  const day = (at: string): string => fullDate(at, locale, timeZone)
  const [waiting, reports, archives, ...texts] = await Promise.all([
    erasures.waiting(),
    retention.reports(SHOWN_REPORTS),
    exports.count(),
    ...DOCUMENTS.map((document) => documents.text(document, locale)),
  ])
  const people = await auth.identitiesByIds(waiting.map((row) => row.user_id))
  const names = new Map(people.map(({ id, username }) => [id, username]))
  const t = catalogue.translator(locale)
  const props = {
    t,
    locale,
    archives,
    erasures: waiting.map(({ id, user_id, content, due_at }) => ({
      id,
      who: names.get(user_id) ?? user_id,
      content,
      due: day(due_at),
    })),
    documents: texts.map(({ document, title, version, published_at, template_sha256 }) => ({
      document,
      title,
      version,
      day: day(published_at),
      isShipped: template_sha256 !== null,
    })),
    reports: reports.map(({ at, removed }) => ({
      day: day(at),
      removed: Object.entries(removed).flatMap(([what, count]) =>
        count === 0 ? [] : [{ what, count }],
      ),
    })),
    periods: Object.entries(settings.retention).map(([what, days]) => ({ what, days })),
  }
  const html = renderView(h(AdminPrivacy, props))
  const title = t('adminPrivacy.title')
  return { kind: 'html', shell: 'admin', title, html, head: { noindex: true } }
}
