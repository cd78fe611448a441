import type { ModuleRequest, ModuleResponse } from '../../port/requests.ts'
import { actorOf, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { Type } from '../../type.ts'
import { privacyErrors } from '../errors.ts'
import type { PersonalExports } from '../export/personal-exports.ts'
import type { ExportTable } from '../tables.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ maxLength: 64 })
const Params = Type.Object({ id: Id }, closed)
const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' })

export const ExportState = Type.Object(
  {
    id: Id,
    state: Type.Unsafe<ExportTable['state']>({
      type: 'string',
      enum: ['running', 'ready', 'failed', 'cancelled', 'expired'],
    }),
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    bytes: Type.Integer({ minimum: 0 }),
    createdAt: Time,
    expiresAt: Type.Union([Time, Type.Null()]),
  },
  closed,
)
const List = Type.Object({ items: Type.Array(ExportState), nextCursor: Type.Null() }, closed)

const PATH = '/api/v1/me/export'
const LIMIT = { max: 30, windowS: 3_600 }

/** Archives of the person who asks; to everybody else they do not exist. */
export function exportApi(exports: PersonalExports): readonly DockedRoute[] {
  const own = async (request: ModuleRequest): Promise<ExportTable> => {
    const row = await exports.find(actorOf(request).id, request.params['id'] ?? '')
    if (!row) throw privacyErrors.QL_PRIVACY_EXPORT_UNKNOWN()
    return row
  }
  return [
    coreRoute(
      'POST',
      PATH,
      {
        policy: 'member',
        summary: 'Begin an archive of everything kept about you',
        limit: LIMIT,
        responses: { 202: ExportState },
      },
      async (request) => {
        const row = await exports.request(actorOf(request).id, request.locale)
        return { status: 202, body: stateOf(row) }
      },
    ),
    coreRoute(
      'GET',
      PATH,
      { policy: 'member', summary: 'Your archives, newest first', responses: { 200: List } },
      async (request) => {
        const rows = await exports.list(actorOf(request).id)
        return { body: { items: rows.map(stateOf), nextCursor: null } }
      },
    ),
    coreRoute(
      'GET',
      `${PATH}/:id`,
      {
        policy: 'member',
        summary: 'The archive as a ZIP file; 202 with its state while it is being made',
        params: Params,
        responses: { 202: ExportState },
      },
      async (request) => fetched(exports, await own(request), request.method),
    ),
    coreRoute(
      'DELETE',
      `${PATH}/:id`,
      { policy: 'member', summary: 'Stop an archive that is being made', params: Params },
      async (request) => {
        const row = await own(request)
        await exports.cancel(row.user_id, row.id)
        return { status: 204 }
      },
    ),
  ]
}

async function fetched(
  exports: PersonalExports,
  row: ExportTable,
  method: string,
): Promise<ModuleResponse> {
  if (row.state === 'running') return { status: 202, body: stateOf(row) }
  const file = await exports.file(row)
  if (!file) throw privacyErrors.QL_PRIVACY_EXPORT_UNKNOWN()
  const headers = {
    'content-type': 'application/zip',
    'content-length': String(file.bytes),
    'content-disposition': `attachment; filename="${file.name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
  }
  return method === 'HEAD' ? { headers } : { headers, body: file.open() }
}

function stateOf(row: ExportTable) {
  const { id, state, percent, bytes, created_at: createdAt, expires_at: expiresAt } = row
  return { id, state, percent, bytes, createdAt, expiresAt }
}
