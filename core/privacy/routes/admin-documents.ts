import { h } from 'preact'
import type { Locale, ModuleRequest } from '../../port/requests.ts'
import type { Audit } from '../../audit/index.ts'
import { CodedError } from '../../errors.ts'
import { actorOf, corePage, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { type Catalogue, LOCALES } from '../../i18n/catalogue.ts'
import type { HtmlPage, PageResult } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { LegalDocuments, LegalWords, NewVersion } from '../legal/legal-documents.ts'
import { legalHtml } from '../legal/legal-html.ts'
import type { DocumentName } from '../legal/legal-template.ts'
import { lineDiff } from '../legal/line-diff.ts'
import { AdminDocumentPage, type EditedText } from '../views/admin-document.tsx'
import { documentIn } from './legal-api.ts'

export interface AdminDocumentServices {
  readonly documents: LegalDocuments
  readonly catalogue: Catalogue
  readonly audit: Audit
}

type Texts = Readonly<Record<Locale, LegalWords>>

interface Draft {
  readonly document: DocumentName
  readonly version: number
  readonly texts: Texts
  readonly asksAgain: boolean
  readonly problem?: string
  readonly status?: number
}

const PATH = '/admin/privacy/documents/:document'

/** Where the operator writes the legal texts. */
export function adminDocumentPages(services: AdminDocumentServices): readonly DockedRoute[] {
  const { documents } = services
  return [
    corePage('GET', PATH, { policy: 'admin' }, async (request) => {
      const document = documentIn(request)
      const [ru, en] = await Promise.all([
        documents.text(document, 'ru'),
        documents.text(document, 'en'),
      ])
      const draft = { document, version: ru.version, texts: { ru, en }, asksAgain: false }
      return edit(services, request, draft)
    }),
    corePage('POST', PATH, { policy: 'admin' }, (request) => act(services, request)),
  ]
}

async function act(services: AdminDocumentServices, request: ModuleRequest): Promise<PageResult> {
  const { documents } = services
  const document = documentIn(request)
  const version = Number(formText(request, 'baseVersion')) || 0
  const asksAgain = formText(request, 'asksAgain') === 'true'
  const action = formText(request, 'action')
  const typed = (locale: Locale): LegalWords => ({
    title: formText(request, `title-${locale}`),
    body: formText(request, `body-${locale}`).replaceAll('\r\n', '\n'),
  })
  const shipped = (locale: Locale): LegalWords => documents.template(document, locale)
  const of = action === 'template' ? shipped : typed
  const draft = { document, version, texts: { ru: of('ru'), en: of('en') }, asksAgain }
  if (action !== 'publish') return edit(services, request, draft)
  try {
    const next = { document, baseVersion: version, texts: draft.texts, asksAgain }
    await publish(services, next, actorOf(request).id)
    return { kind: 'redirect', to: `/legal/${document}` }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    const { status } = error.entry
    return edit(services, request, { ...draft, status, problem: error.text(request.locale) })
  }
}

/** Publishes, and writes it down. @returns the version. @throws QL_PRIVACY_DOCUMENT_CHANGED */
export async function publish(
  { documents, audit }: Pick<AdminDocumentServices, 'documents' | 'audit'>,
  next: NewVersion,
  actorId: string,
): Promise<number> {
  const version = await documents.publish(next, actorId)
  const after = { version, asksAgain: next.asksAgain }
  const subject = `legal/${next.document}`
  await audit.record({ action: 'privacy.document-published', outcome: 'done', subject, after })
  return version
}

async function edit(
  { documents, catalogue }: AdminDocumentServices,
  { locale }: ModuleRequest,
  { document, version, texts, asksAgain, problem, status = 200 }: Draft,
): Promise<HtmlPage> {
  const shown = await Promise.all(
    LOCALES.map(async (language): Promise<EditedText> => {
      const { title, body } = texts[language]
      const diff = lineDiff(documents.template(document, language).body, body)
      return { locale: language, title, body, preview: await legalHtml(body), diff }
    }),
  )
  const t = catalogue.translator(locale)
  const props = { t, locale, document, version, texts: shown, asksAgain, problem }
  return {
    kind: 'html',
    status,
    shell: 'admin',
    title: texts[locale].title,
    html: renderView(h(AdminDocumentPage, props)),
    head: { noindex: true },
  }
}
