import type { NotificationChannel, NotificationChoice } from '../../../templates/index.ts'
import type { Actor, Locale, ModuleRequest } from '../../port/requests.ts'
import { actorOf, coreRoute } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { Type } from '../../type.ts'
import { notificationErrors } from '../errors.ts'
import type { ChannelChoice } from '../index.ts'
import type { StationNotifications } from '../station-notifications.ts'

export const CHANNELS: readonly NotificationChannel[] = ['inApp', 'push', 'mail']

const closed = { additionalProperties: false } as const
const PATH = '/api/v1/notifications/choices'
const Channels = Type.Array(
  Type.Unsafe<NotificationChannel>({ type: 'string', enum: [...CHANNELS] }),
)
const Kind = Type.String({ minLength: 1, maxLength: 64 })
const Yes = Type.Boolean()

const Choice = Type.Object(
  {
    kind: Kind,
    title: Type.String(),
    channels: Type.Object({ inApp: Yes, push: Yes, mail: Yes }, closed),
    fixed: Channels,
    absent: Channels,
  },
  closed,
)
const AllChoices = Type.Object(
  {
    items: Type.Array(Choice),
    nextCursor: Type.Null(),
    isDiscreet: Type.Boolean({ description: 'A push says that there is something, and not what' }),
  },
  closed,
)

interface ChoiceChange extends Partial<ChannelChoice> {
  readonly kind: string
}

const Change = Type.Object(
  {
    choices: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: Kind,
            inApp: Type.Optional(Yes),
            push: Type.Optional(Yes),
            mail: Type.Optional(Yes),
          },
          closed,
        ),
        { maxItems: 100 },
      ),
    ),
    isDiscreet: Type.Optional(Yes),
  },
  { ...closed, minProperties: 1 },
)

/** How a person wants to hear of each kind, for programs. */
export function choiceApi(notifications: StationNotifications): readonly DockedRoute[] {
  const shown = async (request: ModuleRequest) => {
    const actor = actorOf(request)
    const [items, isDiscreet] = await Promise.all([
      choicesOf(notifications, actor, request.locale),
      notifications.choices.isDiscreet(actor.id),
    ])
    return { body: { items, nextCursor: null, isDiscreet } }
  }
  return [
    coreRoute(
      'GET',
      PATH,
      {
        policy: 'member',
        summary: 'What you are told of, and where',
        responses: { 200: AllChoices },
      },
      shown,
    ),
    coreRoute(
      'PATCH',
      PATH,
      {
        policy: 'member',
        summary: 'Choose it; what is fixed or absent stays so',
        body: Change,
        responses: { 200: AllChoices },
      },
      async (request) => {
        await change(notifications, request)
        return shown(request)
      },
    ),
  ]
}

/** Of every kind this person can be told of. */
export async function choicesOf(
  notifications: StationNotifications,
  actor: Actor,
  locale: Locale,
): Promise<readonly NotificationChoice[]> {
  const chosen = await notifications.choices.of(actor.id)
  return notifications.kinds.for(actor).map((kind): NotificationChoice => ({
    kind: kind.id,
    title: kind.title[locale],
    channels: chosen.get(kind.id) ?? kind.defaults,
    fixed: kind.isMandatory ? ['inApp', 'mail'] : [],
    absent: CHANNELS.filter((channel) => kind.channels?.includes(channel) === false),
  }))
}

async function change(notifications: StationNotifications, request: ModuleRequest): Promise<void> {
  const actor = actorOf(request)
  const { choices = [], isDiscreet } = request.body as {
    readonly choices?: readonly ChoiceChange[]
    readonly isDiscreet?: boolean
  }
  const known = new Set(notifications.kinds.for(actor).map(({ id }) => id))
  const unknown = choices.find(({ kind }) => !known.has(kind))
  if (unknown)
    throw notificationErrors.QL_NOTIFICATIONS_KIND_UNKNOWN({ values: { kind: unknown.kind } })
  if (choices.length > 0) {
    const changes = new Map(choices.map(({ kind, ...channels }) => [kind, channels]))
    await notifications.choices.change(actor.id, changes)
  }
  if (isDiscreet !== undefined) await notifications.choices.setDiscreet(actor.id, isDiscreet)
}
