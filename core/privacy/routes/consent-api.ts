import type { Database } from '../../../db/index.ts'
import type { Locale } from '../../port/requests.ts'
import { actorOf, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { Type } from '../../type.ts'
import { type ConsentState, type Consents, WITHDRAWABLE } from '../consent/consents.ts'
import { privacyErrors } from '../errors.ts'
import type { LegalDocuments } from '../legal/legal-documents.ts'
import { type DocumentName, DOCUMENTS } from '../legal/legal-template.ts'
import { saying } from './consents.ts'
import { DocumentParams, documentIn } from './legal-api.ts'

export interface ConsentApiServices {
  readonly consents: Consents
  readonly documents: LegalDocuments
  readonly database: Database
}

const closed = { additionalProperties: false } as const
const Version = Type.Integer({ minimum: 0 })
const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' })
const Name = Type.Unsafe<DocumentName>({ type: 'string', enum: [...DOCUMENTS] })

const Consent = Type.Object(
  {
    document: Name,
    title: Type.String(),
    version: Type.Integer({ description: 'In force now; its words are at `/api/v1/legal`' }),
    state: Type.Unsafe<'none' | 'given' | 'withdrawn'>({
      type: 'string',
      enum: ['none', 'given', 'withdrawn'],
    }),
    answered: Type.Union([Type.Object({ version: Version, at: Time }, closed), Type.Null()]),
    isAsked: Type.Boolean({ description: 'A version asks anew, and the person has not answered' }),
    isWithdrawable: Type.Boolean(),
  },
  closed,
)
const ConsentList = Type.Object({ items: Type.Array(Consent), nextCursor: Type.Null() }, closed)
const Given = Type.Object({ version: Version }, closed)

const CONSENTS = '/api/v1/me/consents'

/** What a person has agreed to, for programs. */
export function consentApi(services: ConsentApiServices): readonly DockedRoute[] {
  const { consents, documents, database } = services
  return [
    coreRoute(
      'GET',
      CONSENTS,
      { policy: 'member', summary: 'What you have agreed to', responses: { 200: ConsentList } },
      async (request) => {
        const states = await consents.states(actorOf(request).id)
        const items = states.map((state) => shown(documents, state, request.locale))
        return { body: { items: await Promise.all(items), nextCursor: null } }
      },
    ),
    coreRoute(
      'PUT',
      `${CONSENTS}/:document`,
      {
        policy: 'member',
        summary: 'Agree to the version you were shown',
        params: DocumentParams,
        body: Given,
      },
      async (request) => {
        const document = documentIn(request)
        const { id } = actorOf(request)
        const { version } = request.body as { readonly version: number }
        await database.transaction(async (tx) => {
          const current = await documents.currentWithin(tx, document, request.locale)
          if (current.version !== version) throw privacyErrors.QL_PRIVACY_VERSION_OLD()
          await consents.give(tx, id, document, saying(request, 'api'))
        })
        return { status: 204 }
      },
    ),
    coreRoute(
      'DELETE',
      `${CONSENTS}/:document`,
      { policy: 'member', summary: 'Take a consent back', params: DocumentParams },
      async (request) => {
        const document = documentIn(request)
        if (!WITHDRAWABLE.has(document)) throw privacyErrors.QL_PRIVACY_DOCUMENT_UNKNOWN()
        if (document === 'consent') throw privacyErrors.QL_PRIVACY_CONSENT_NEEDED()
        const { id } = actorOf(request)
        const states = await consents.states(id)
        const { last } = states.find((state) => state.document === document) ?? {}
        /* Said twice, it is one record. */
        if (last?.action !== 'withdrawn') {
          await consents.withdraw(id, document, saying(request, 'api'))
        }
        return { status: 204 }
      },
    ),
  ]
}

async function shown(
  documents: LegalDocuments,
  { document, last, isAsked }: ConsentState,
  locale: Locale,
) {
  const { title, version } = await documents.text(document, locale)
  return {
    document,
    title,
    version,
    state: last?.action ?? 'none',
    answered: last ? { version: last.version, at: last.at } : null,
    isAsked,
    isWithdrawable: WITHDRAWABLE.has(document) && document !== 'consent',
  }
}
