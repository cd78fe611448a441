import type { ModuleResponse, RouteOptions } from '../port/requests.ts'
import { coreErrors } from '../errors.ts'
import type { DockedRoute } from '../http/module-router.ts'
import { Type } from '../type.ts'
import type { PostOffice, QueuedLetter } from './index.ts'

const PATH = '/api/v1/admin/mailbox'
const closed = { additionalProperties: false } as const

const Head = {
  id: Type.String(),
  to: Type.String(),
  kind: Type.String({ description: 'What it is about: confirm, reset, notification …' }),
  subject: Type.String(),
  createdAt: Type.String({ description: 'ISO 8601, UTC' }),
}
const Letters = Type.Object(
  { items: Type.Array(Type.Object(Head, closed)), nextCursor: Type.Null() },
  closed,
)
const WholeLetter = Type.Object(
  {
    ...Head,
    text: Type.String(),
    html: Type.String(),
    link: Type.Union([Type.String(), Type.Null()], {
      description: 'The link only the person it was written to may have',
    }),
  },
  closed,
)

/** The development mailbox for programs, for the same people and under the same conditions. */
export function mailboxRoutes(mail: PostOffice): readonly DockedRoute[] {
  return [
    ownerRoute(
      PATH,
      {
        summary: 'Letters that wait while there is no mail server, the newest first; 404 with one',
        responses: { 200: Letters },
      },
      async () => {
        if (mail.isConfigured) throw coreErrors.QL_NOT_FOUND()
        return { body: { items: (await mail.letters()).map(headOf), nextCursor: null } }
      },
    ),
    ownerRoute(
      `${PATH}/:id`,
      { stepUp: true, summary: 'One of them with its words', responses: { 200: WholeLetter } },
      async (id) => {
        const letter = mail.isConfigured ? null : await mail.find(id)
        if (!letter) throw coreErrors.QL_NOT_FOUND()
        const { text, html, link = null } = letter
        return { body: { ...headOf(letter), text, html, link } }
      },
    ),
  ]
}

function headOf({ id, to, kind, subject, createdAt }: QueuedLetter) {
  return { id, to, kind, subject, createdAt }
}

function ownerRoute(
  path: string,
  options: Omit<RouteOptions, 'policy'>,
  answer: (id: string) => Promise<ModuleResponse>,
): DockedRoute {
  const policy = 'owner'
  return {
    module: 'core',
    kind: 'route',
    method: 'GET',
    path,
    policy,
    options: { policy, ...options },
    isCore: true,
    invoke: ({ params }) => answer(params['id'] ?? ''),
  }
}
