import { coreErrors } from '../errors.ts'
import { coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
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
    coreRoute(
      'GET',
      PATH,
      {
        policy: 'owner',
        summary: 'Letters that wait while there is no mail server, the newest first; 404 with one',
        responses: { 200: Letters },
      },
      async () => {
        if (mail.isConfigured) throw coreErrors.QL_NOT_FOUND()
        return { body: { items: (await mail.letters()).map(headOf), nextCursor: null } }
      },
    ),
    coreRoute(
      'GET',
      `${PATH}/:id`,
      {
        policy: 'owner',
        stepUp: true,
        summary: 'One of them with its words',
        responses: { 200: WholeLetter },
      },
      async ({ params }) => {
        const letter = mail.isConfigured ? null : await mail.find(params['id'] ?? '')
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
