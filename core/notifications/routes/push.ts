import { Type } from '../../type.ts'
import { actorOf, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Slots } from '../../views/slots.ts'
import { coreErrors } from '../../errors.ts'
import { notificationErrors } from '../errors.ts'
import type { NotificationRoom } from '../notification-room.ts'

const closed = { additionalProperties: false } as const
const Endpoint = Type.String({ maxLength: 1_000, format: 'uri' })
const Subscription = Type.Object(
  {
    endpoint: Endpoint,
    keys: Type.Object(
      {
        p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{86,88}={0,2}$' }),
        auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}={0,2}$' }),
      },
      closed,
    ),
    /* Browsers send it; nobody sets it. */
    expirationTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  },
  closed,
)
const Known = Type.Object({ endpoint: Endpoint }, closed)
const Standing = Type.Object(
  {
    tags: Type.Array(Type.String(), { description: 'A device closes all others' }),
    badge: Type.Integer({ description: 'For the icon of the app' }),
  },
  closed,
)
/** More than any screen holds. */
const MAX_STANDING = 200
const limit = { max: 30, windowS: 600 }

interface NewSubscription {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

/** Browsers that may be woken; each belongs to the person and session that let it. */
export function pushApi(room: NotificationRoom, slots: Slots): readonly DockedRoute[] {
  return [...whatIsPushed(room, slots), ...browsers(room)]
}

function whatIsPushed({ notifications, sender }: NotificationRoom, slots: Slots): DockedRoute[] {
  return [
    coreRoute(
      'GET',
      '/api/v1/push/key',
      {
        policy: 'member',
        summary: 'The key a browser subscribes with (VAPID)',
        responses: { 200: Type.Object({ publicKey: Type.String() }, closed) },
      },
      async () => ({ body: { publicKey: sender.publicKey } }),
    ),
    coreRoute(
      'GET',
      '/api/v1/push/standing',
      {
        policy: 'member',
        summary: 'Tags of pushes that were not read yet, and how much waits in all places',
        responses: { 200: Standing },
      },
      async (request) => {
        const actor = actorOf(request)
        const [tags, places] = await Promise.all([
          notifications.inbox.standing(actor.id, MAX_STANDING),
          slots.parts('nav', { actor, locale: request.locale }),
        ])
        const badge = places.reduce((sum, { link }) => sum + (link?.badge ?? 0), 0)
        return { body: { tags, badge } }
      },
    ),
  ]
}

function browsers({ subscriptions, sender }: NotificationRoom): DockedRoute[] {
  return [
    coreRoute(
      'POST',
      '/api/v1/push/subscriptions',
      { policy: 'member', summary: 'Let the station wake this browser', body: Subscription, limit },
      async (request) => {
        const { endpoint, keys } = request.body as NewSubscription
        if (!sender.mayReach(endpoint)) throw notificationErrors.QL_PUSH_ENDPOINT()
        const { p256dh, auth } = keys
        await subscriptions.add(actorOf(request), { endpoint, p256dh, auth })
        return { status: 201 }
      },
    ),
    coreRoute(
      'PUT',
      '/api/v1/push/subscriptions',
      {
        policy: 'member',
        summary: 'Let it go on waking this browser after signing in anew',
        body: Known,
      },
      async (request) => {
        const { endpoint } = request.body as { endpoint: string }
        if (!(await subscriptions.renew(actorOf(request), endpoint)))
          throw coreErrors.QL_NOT_FOUND()
        return { status: 204 }
      },
    ),
    coreRoute(
      'DELETE',
      '/api/v1/push/subscriptions',
      { policy: 'member', summary: 'Let it wake this browser no more', body: Known, limit },
      async (request) => {
        const { endpoint } = request.body as { endpoint: string }
        await subscriptions.remove(actorOf(request).id, endpoint)
        return { status: 204 }
      },
    ),
  ]
}
