import { actorOf, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { Type } from '../../type.ts'
import type { ReadMark } from '../inbox.ts'
import type { StationNotifications } from '../station-notifications.ts'

const closed = { additionalProperties: false } as const
const GROUPS = ['me', 'blog', 'station'] as const
const Id = Type.String({ maxLength: 64 })
const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' })

const Line = Type.Object(
  {
    id: Id,
    kind: Type.String(),
    group: Type.Unsafe({ type: 'string', enum: [...GROUPS] }),
    icon: Type.String(),
    text: Type.String({ description: 'Goes on after the name of the actor, if there is one.' }),
    quote: Type.Union([Type.String(), Type.Null()]),
    url: Type.String(),
    actor: Type.Union([
      Type.Object(
        {
          id: Id,
          username: Type.String(),
          displayName: Type.String(),
          avatar: Type.Optional(Type.String()),
        },
        closed,
      ),
      Type.Null(),
    ]),
    others: Type.Integer({ minimum: 0 }),
    at: Time,
    isRead: Type.Boolean(),
  },
  closed,
)

const Unread = Type.Integer({ minimum: 0, maximum: 100, description: '100 means 100 or more.' })
const List = Type.Object(
  {
    items: Type.Array(Line),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    unread: Unread,
  },
  closed,
)
const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
    cursor: Type.Optional(Type.String({ maxLength: 100 })),
    filter: Type.Optional(Type.Unsafe({ type: 'string', enum: ['unread', ...GROUPS] })),
  },
  closed,
)

/** Exactly one of the three. */
const Mark = Type.Object(
  {
    ids: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    all: Type.Optional(Type.Literal(true)),
    before: Type.Optional(Time),
  },
  { ...closed, minProperties: 1, maxProperties: 1 },
)
const Unmark = Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 100 }) }, closed)
const AfterMark = Type.Object({ unread: Unread }, closed)

/** The list of the person who asks, and nobody else's. */
export function notificationApi(notifications: StationNotifications): readonly DockedRoute[] {
  return [
    coreRoute(
      'GET',
      '/api/v1/notifications',
      {
        policy: 'member',
        summary: 'Your notifications, newest first',
        query: ListQuery,
        responses: { 200: List },
      },
      async (request) => {
        const { limit = '30', cursor, filter } = request.query
        const wanted = { ...filtered(notifications, filter), limit: Number(limit), cursor }
        const { locale } = request
        return { body: await notifications.list(actorOf(request).id, locale, wanted) }
      },
    ),
    coreRoute(
      'PUT',
      '/api/v1/notifications/read',
      {
        policy: 'member',
        summary: 'Mark notifications as read',
        body: Mark,
        responses: { 200: AfterMark },
      },
      async (request) => {
        const mark = request.body as ReadMark
        return { body: { unread: await notifications.markRead(actorOf(request).id, mark) } }
      },
    ),
    coreRoute(
      'PUT',
      '/api/v1/notifications/unread',
      {
        policy: 'member',
        summary: 'Mark notifications as unread again',
        body: Unmark,
        responses: { 200: AfterMark },
      },
      async (request) => {
        const { ids } = request.body as { readonly ids: readonly string[] }
        return { body: { unread: await notifications.markUnread(actorOf(request).id, ids) } }
      },
    ),
  ]
}

/** What a filter's name asks the list for. */
export function filtered(
  notifications: StationNotifications,
  filter: string | undefined,
): { kinds?: readonly string[]; unreadOnly?: boolean } {
  if (filter === 'unread') return { unreadOnly: true }
  const group = GROUPS.find((known) => known === filter)
  return group ? { kinds: notifications.kinds.of(group) } : {}
}
