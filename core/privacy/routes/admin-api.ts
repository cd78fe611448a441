import { actorOf, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { Type } from '../../type.ts'
import type { NewVersion } from '../legal/legal-documents.ts'
import type { ConsentTable, ErasureTable } from '../tables.ts'
import { type AdminPrivacyServices, decide } from './admin.ts'
import { peopleIn } from './admin-consents.ts'
import { publish } from './admin-documents.ts'
import { DocumentParams, documentIn } from './legal-api.ts'

const closed = { additionalProperties: false } as const
const policy = 'admin'
const Id = Type.String({ maxLength: 64 })
const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' })
const Params = Type.Object({ id: Id }, closed)

const Erasure = Type.Object(
  {
    id: Id,
    userId: Id,
    username: Type.Union([Type.String(), Type.Null()]),
    content: Type.String({ description: 'What becomes of published words: `keep` or `delete`' }),
    reason: Type.String(),
    requestedAt: Time,
    dueAt: Time,
  },
  closed,
)
const Erasures = Type.Object({ items: Type.Array(Erasure), nextCursor: Type.Null() }, closed)
const Decision = Type.Object(
  {
    decision: Type.Unsafe<'cancel' | 'fulfil'>({ type: 'string', enum: ['cancel', 'fulfil'] }),
  },
  closed,
)

const Counts = Type.Record(Type.String(), Type.Integer())
const RetentionState = Type.Object(
  {
    periods: Type.Record(Type.String(), Type.Integer(), {
      description: 'Days; changed as the group `retention` of the settings',
    }),
    reports: Type.Array(Type.Object({ id: Id, at: Time, removed: Counts }, closed), {
      description: 'What each daily run has removed, the newest first; -1 where it failed',
    }),
  },
  closed,
)

const ConsentRecord = Type.Object(
  {
    id: Id,
    userId: Id,
    purpose: Type.String(),
    action: Type.String(),
    document: Type.String(),
    version: Type.Integer(),
    sha256: Type.String(),
    locale: Type.String(),
    at: Time,
    ip: Type.String(),
    userAgent: Type.String(),
    method: Type.String(),
  },
  closed,
)
const ConsentRecords = Type.Object(
  { items: Type.Array(ConsentRecord), nextCursor: Type.Union([Id, Type.Null()]) },
  closed,
)
const RecordQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 100, description: 'A user name or an id' })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
    cursor: Type.Optional(Id),
  },
  closed,
)

const Words = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    body: Type.String({ minLength: 1, maxLength: 200_000, description: 'Markdown' }),
  },
  closed,
)
const Publication = Type.Object(
  {
    baseVersion: Type.Integer({ minimum: 0 }),
    texts: Type.Object({ ru: Words, en: Words }, closed),
    asksAgain: Type.Boolean(),
  },
  closed,
)
const Published = Type.Object({ version: Type.Integer() }, closed)

const PATH = '/api/v1/admin/privacy'
const SHOWN_REPORTS = 30

/** The desk of people's rights for programs of staff. */
export function adminPrivacyApi(services: AdminPrivacyServices): readonly DockedRoute[] {
  return [...erasureApi(services), ...recordApi(services)]
}

function erasureApi(services: AdminPrivacyServices): readonly DockedRoute[] {
  const { erasures, auth, retention, settings } = services
  return [
    coreRoute(
      'GET',
      `${PATH}/erasures`,
      {
        policy,
        summary: 'Who has asked to be erased, the first due first; at most 200',
        responses: { 200: Erasures },
      },
      async () => {
        const rows = await erasures.waiting()
        const people = await auth.identitiesByIds(rows.map((row) => row.user_id))
        const names = new Map(people.map(({ id, username }) => [id, username]))
        const items = rows.map((row) => erasureOf(row, names.get(row.user_id)))
        return { body: { items, nextCursor: null } }
      },
    ),
    coreRoute(
      'PUT',
      `${PATH}/erasures/:id/decision`,
      {
        policy,
        stepUp: true,
        summary: 'Take such a wish back for its person, or fulfil it before its day',
        params: Params,
        body: Decision,
      },
      async ({ params, body }) => {
        const { decision } = body as { readonly decision: 'cancel' | 'fulfil' }
        await decide(services, params['id'] ?? '', decision)
        return { status: 204 }
      },
    ),
    coreRoute(
      'GET',
      `${PATH}/retention`,
      {
        policy,
        summary: 'How long things are kept, and what has been removed',
        responses: { 200: RetentionState },
      },
      async () => {
        const reports = await retention.reports(SHOWN_REPORTS)
        return { body: { periods: settings.retention, reports } }
      },
    ),
  ]
}

function recordApi(services: AdminPrivacyServices): readonly DockedRoute[] {
  return [
    coreRoute(
      'GET',
      `${PATH}/consents`,
      {
        policy,
        summary: 'Records of consents, the newest first; of everybody or of one person',
        query: RecordQuery,
        responses: { 200: ConsentRecords },
      },
      async (request) => {
        const { limit = '50', cursor } = request.query
        const size = Number(limit)
        const before = cursor === undefined ? {} : { before: cursor }
        const filter = { ...(await peopleIn(services, request)), ...before, limit: size + 1 }
        const rows = await services.consents.records(filter)
        const items = rows.slice(0, size).map(recordOf)
        const nextCursor = rows.length > size ? (items.at(-1)?.id ?? null) : null
        return { body: { items, nextCursor } }
      },
    ),
    coreRoute(
      'PUT',
      `${PATH}/documents/:document`,
      {
        policy,
        summary: 'Publish a new version of a legal text, in both languages at once',
        params: DocumentParams,
        body: Publication,
        responses: { 200: Published },
      },
      async (request) => {
        const next = request.body as Omit<NewVersion, 'document'>
        const wanted = { ...next, document: documentIn(request) }
        return { body: { version: await publish(services, wanted, actorOf(request).id) } }
      },
    ),
  ]
}

function erasureOf(row: ErasureTable, username: string | undefined) {
  const { id, user_id: userId, content, reason, requested_at, due_at: dueAt } = row
  return {
    id,
    userId,
    username: username ?? null,
    content,
    reason,
    requestedAt: requested_at,
    dueAt,
  }
}

function recordOf({ user_id: userId, user_agent: userAgent, ...row }: ConsentTable) {
  return { ...row, userId, userAgent }
}
