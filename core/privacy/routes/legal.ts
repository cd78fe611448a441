import { h } from 'preact'
import { fullDate } from '../../../templates/index.ts'
import type { ModuleRequest } from '../../port/requests.ts'
import { corePage } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { HtmlPage } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import { privacyErrors } from '../errors.ts'
import type { LegalDocuments } from '../legal/legal-documents.ts'
import { legalHtml } from '../legal/legal-html.ts'
import { DOCUMENTS, isDocument } from '../legal/legal-template.ts'
import { LegalPage } from '../views/legal.tsx'

export interface LegalServices {
  readonly documents: LegalDocuments
  readonly catalogue: Catalogue
}

/** The texts for everybody to read, in the reader's language, every version of them. */
export function legalPages(services: LegalServices): readonly DockedRoute[] {
  return [
    corePage('GET', '/legal', { policy: 'public' }, async () => ({
      kind: 'redirect',
      to: '/legal/privacy',
      status: 302,
    })),
    corePage('GET', '/legal/:document', { policy: 'public' }, (request) => show(services, request)),
  ]
}

async function show(
  { documents, catalogue }: LegalServices,
  request: ModuleRequest,
): Promise<HtmlPage> {
  const { locale, params, query, origin } = request
  const document = params['document'] ?? ''
  if (!isDocument(document)) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
  const asked = query['version']
  const version = asked === undefined ? undefined : Number(asked)
  if (version !== undefined && !Number.isSafeInteger(version)) {
    throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
  }
  const day = (at: string): string => fullDate(at, locale, 'UTC')
  const [row, versions, ...others] = await Promise.all([
    documents.text(document, locale, version),
    documents.versions(document, locale),
    ...DOCUMENTS.map((name) => documents.text(name, locale)),
  ])
  const t = catalogue.translator(locale)
  const html = renderView(
    h(LegalPage, {
      t,
      locale,
      title: row.title,
      html: await legalHtml(row.body),
      version: row.version,
      day: day(row.published_at),
      sha256: row.sha256,
      versions: versions.map((each) => ({ version: each.version, day: day(each.published_at) })),
      document,
      others: others.map((other) => ({ document: other.document, title: other.title })),
    }),
  )
  return {
    kind: 'html',
    title: row.title,
    html,
    shows: DOCUMENTS.map((name) => `legal/${name}`),
    head: { canonical: `${origin}/legal/${document}`, noindex: version !== undefined },
  }
}
