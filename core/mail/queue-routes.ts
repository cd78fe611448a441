import type { Audit } from '../audit/index.ts'
import { coreErrors } from '../errors.ts'
import { coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import { Type } from '../type.ts'
import type { PostOffice, QueuedLetter } from './index.ts'

export interface QueueServices {
  readonly mail: PostOffice
  readonly audit: Audit
}

const PATH = '/api/v1/admin/mail'
const closed = { additionalProperties: false } as const

const LetterItem = Type.Object(
  {
    id: Type.String(),
    to: Type.String(),
    kind: Type.String({ description: 'What it is about: confirm, reset, notification …' }),
    state: Type.Unsafe<'ready' | 'dead'>({ type: 'string', enum: ['ready', 'dead'] }),
    attempts: Type.Integer(),
    error: Type.String({ description: 'Why the last attempt failed; may be empty.' }),
    createdAt: Type.String({ description: 'ISO 8601, UTC' }),
    nextAt: Type.String({ description: 'ISO 8601, UTC: when it is tried next.' }),
  },
  closed,
)
const LetterList = Type.Object({ items: Type.Array(LetterItem), nextCursor: Type.Null() }, closed)

/** The queue of letters for programs of staff; what stands in the letters is not told. */
export function mailQueueRoutes(services: QueueServices): readonly DockedRoute[] {
  const { mail } = services
  return [
    coreRoute(
      'GET',
      PATH,
      {
        policy: 'admin',
        summary: 'Letters given up and on their way, each at most 200; 404 without a mail server',
        responses: { 200: LetterList },
      },
      async () => {
        if (!mail.isConfigured) throw coreErrors.QL_NOT_FOUND()
        const lists = await Promise.all([mail.letters('dead'), mail.letters('ready')])
        return { body: { items: lists.flat().map(toldOf), nextCursor: null } }
      },
    ),
    coreRoute(
      'POST',
      `${PATH}/:id/retry`,
      { policy: 'admin', summary: 'Try a letter once more that was given up' },
      async ({ params }) => {
        await sendAgain(services, params['id'] ?? '')
        return { status: 204 }
      },
    ),
  ]
}

/** @throws QL_NOT_FOUND when nobody carries letters, or this one was not given up. */
export async function sendAgain({ mail, audit }: QueueServices, id: string): Promise<void> {
  if (!mail.isConfigured || !(await mail.retry(id))) throw coreErrors.QL_NOT_FOUND()
  await audit.record({ action: 'letter.retried', outcome: 'done', subject: `letter/${id}` })
}

function toldOf({ id, to, kind, state, attempts, error, createdAt, nextAt }: QueuedLetter) {
  return { id, to, kind, state, attempts, error, createdAt, nextAt }
}
