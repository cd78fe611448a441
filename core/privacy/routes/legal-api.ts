import type { ModuleRequest } from '../../port/requests.ts'
import { coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { Type } from '../../type.ts'
import { privacyErrors } from '../errors.ts'
import type { LegalDocuments } from '../legal/legal-documents.ts'
import { type DocumentName, DOCUMENTS, isDocument } from '../legal/legal-template.ts'

const closed = { additionalProperties: false } as const
export const DocumentParams = Type.Object({ document: Type.String({ maxLength: 40 }) }, closed)

const Heading = {
  document: Type.Unsafe<DocumentName>({ type: 'string', enum: [...DOCUMENTS] }),
  title: Type.String(),
  version: Type.Integer(),
  publishedAt: Type.String({ format: 'date-time', description: 'ISO 8601, UTC' }),
}
const Headings = Type.Object(
  { items: Type.Array(Type.Object(Heading, closed)), nextCursor: Type.Null() },
  closed,
)
const Text = Type.Object(
  { ...Heading, body: Type.String({ description: 'Markdown' }), sha256: Type.String() },
  closed,
)
const TextQuery = Type.Object(
  { version: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' })) },
  closed,
)

const LEGAL = '/api/v1/legal'

/** The texts people agree to, for programs that show them. */
export function legalApi(documents: LegalDocuments): readonly DockedRoute[] {
  return [
    coreRoute(
      'GET',
      LEGAL,
      { policy: 'public', summary: 'The texts people agree to', responses: { 200: Headings } },
      async ({ locale }) => {
        const rows = await Promise.all(DOCUMENTS.map((name) => documents.text(name, locale)))
        return { body: { items: rows.map(headingOf), nextCursor: null } }
      },
    ),
    coreRoute(
      'GET',
      `${LEGAL}/:document`,
      {
        policy: 'public',
        summary: 'One of them in your language: the newest version, or the one named',
        params: DocumentParams,
        query: TextQuery,
        responses: { 200: Text },
      },
      async (request) => {
        const { version } = request.query
        const wanted = version === undefined ? undefined : Number(version)
        const row = await documents.text(documentIn(request), request.locale, wanted)
        return { body: { ...headingOf(row), body: row.body, sha256: row.sha256 } }
      },
    ),
  ]
}

/** @throws QL_PRIVACY_DOCUMENT_UNKNOWN */
export function documentIn({ params }: ModuleRequest): DocumentName {
  const document = params['document'] ?? ''
  if (!isDocument(document)) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
  return document
}

function headingOf(row: Awaited<ReturnType<LegalDocuments['text']>>) {
  const { document, title, version, published_at: publishedAt } = row
  return { document, title, version, publishedAt }
}
