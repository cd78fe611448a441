import type { ModuleRequest, ModuleResponse } from '../port/requests.ts'
import type { Audit } from '../audit/index.ts'
import { coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import { Type } from '../type.ts'
import type { BackupRoom } from './backup-room.ts'

export interface BackupApiServices {
  readonly backups: BackupRoom
  readonly audit: Audit
}

const PATH = '/api/v1/admin/backups'
/** A check reads the whole archive. */
export const LIMIT = { max: 20, windowS: 3_600 }
const closed = { additionalProperties: false } as const

const Time = Type.String({ description: 'ISO 8601, UTC' })
const Count = Type.Integer({ minimum: 0 })
const Check = Type.Object(
  {
    at: Time,
    problem: Type.Union(
      [Type.Object({ en: Type.String(), ru: Type.String() }, closed), Type.Null()],
      { description: 'Null when it can be trusted' },
    ),
  },
  closed,
)
const Running = Type.Object(
  {
    step: Type.String(),
    done: Count,
    total: Type.Union([Count, Type.Null()]),
  },
  closed,
)
const State = {
  running: Type.Union([Running, Type.Null()], { description: 'What is being made or checked now' }),
  last: Type.Union([Check, Type.Null()]),
}
const Item = Type.Object(
  {
    name: Type.String(),
    kind: Type.Unsafe<'daily' | 'by-hand'>({ type: 'string', enum: ['daily', 'by-hand'] }),
    bytes: Count,
    madeAt: Time,
    check: Type.Union([Check, Type.Null()]),
  },
  closed,
)
const Standing = Type.Object({ items: Type.Array(Item), nextCursor: Type.Null(), ...State }, closed)
const Begun = Type.Object(State, closed)
const Params = Type.Object({ name: Type.String({ maxLength: 100 }) }, closed)

/** Backups for programs of staff; the bytes are the owner's, as on the page. */
export function backupApi(services: BackupApiServices): readonly DockedRoute[] {
  const { backups } = services
  const begun = async () => ({ status: 202, body: await backups.state() })
  return [
    coreRoute(
      'GET',
      PATH,
      {
        policy: 'admin',
        summary: 'Backups, and what is being made now',
        responses: { 200: Standing },
      },
      async () => {
        const [items, state] = [await backups.list(), await backups.state()]
        return { body: { items, nextCursor: null, ...state } }
      },
    ),
    coreRoute(
      'POST',
      PATH,
      {
        policy: 'admin',
        summary: 'Begin a backup; while one is being made, nothing more begins',
        limit: LIMIT,
        responses: { 202: Begun },
      },
      async () => {
        await begin(services)
        return begun()
      },
    ),
    coreRoute(
      'POST',
      `${PATH}/:name/check`,
      {
        policy: 'admin',
        summary: 'Begin to read a backup from end to end',
        limit: LIMIT,
        params: Params,
        responses: { 202: Begun },
      },
      async ({ params }) => {
        await backups.beginCheck(params['name'] ?? '')
        return begun()
      },
    ),
    bytesOf(services, `${PATH}/:name`),
  ]
}

/** Asked for twice, it is one. */
export async function begin({ backups, audit }: BackupApiServices): Promise<void> {
  if (backups.isRunning) return
  backups.begin('by-hand')
  await audit.record({ action: 'backup.begun', outcome: 'done' })
}

/** Everything about everybody is in it: the owner alone takes it along, and it is written down. */
export function bytesOf(services: BackupApiServices, path: string): DockedRoute {
  const options = { policy: 'owner', stepUp: true, summary: 'The bytes of a backup' } as const
  return coreRoute(
    'GET',
    path,
    { ...options, params: Params, responses: { 200: Type.Unknown() } },
    (request) => download(services, request),
  )
}

async function download(
  { backups, audit }: BackupApiServices,
  { params, method }: ModuleRequest,
): Promise<ModuleResponse> {
  const name = params['name'] ?? ''
  const { bytes, open } = await backups.find(name)
  const headers = {
    'content-type': 'application/gzip',
    'content-length': String(bytes),
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  }
  if (method === 'HEAD') return { headers }
  await audit.record({ action: 'backup.downloaded', outcome: 'done', subject: `backup/${name}` })
  return { headers, body: open() }
}
