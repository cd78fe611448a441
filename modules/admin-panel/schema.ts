import { type Json, type PeopleSort, type Role, type SeenWithin, type Static, Type } from '#core'

const closed = { additionalProperties: false } as const

export const ROLES = ['member', 'moderator', 'admin', 'owner'] as const
export const STATUSES = ['active', 'blocked'] as const
export const SEEN = ['now', 'day', 'week', 'month'] as const satisfies readonly SeenWithin[]
export const SORTS = ['joined', 'name', 'seen', 'stored'] as const satisfies readonly PeopleSort[]
export const ORDERS = ['asc', 'desc'] as const

const RoleName = Type.Unsafe<Role>({ type: 'string', enum: [...ROLES] })
const StatusName = Type.Unsafe<(typeof STATUSES)[number]>({ type: 'string', enum: [...STATUSES] })
const SeenName = Type.Unsafe<SeenWithin>({
  type: 'string',
  enum: [...SEEN],
  description: '`now`: with an open socket; otherwise within that time',
})
const SortName = Type.Unsafe<PeopleSort>({ type: 'string', enum: [...SORTS] })
const OrderName = Type.Unsafe<(typeof ORDERS)[number]>({ type: 'string', enum: [...ORDERS] })
const Id = Type.String({ minLength: 1, maxLength: 64 })
const Instant = Type.String({ description: 'ISO 8601, UTC' })
const Reason = Type.String({ maxLength: 200 })

/** An account as staff see it. */
export const User = Type.Object(
  {
    id: Id,
    username: Type.String(),
    email: Type.String(),
    role: RoleName,
    status: Type.String(),
    createdAt: Instant,
    seenAt: Type.Union([Instant, Type.Null()]),
    hasSecondFactor: Type.Boolean(),
    storedBytes: Type.Integer(),
    quotaBytes: Type.Integer(),
    isOnline: Type.Boolean(),
  },
  closed,
)

const ListedUser = Type.Object(
  {
    ...User.properties,
    counts: Type.Record(Type.String(), Type.Integer(), {
      description: 'What modules count: `{"posts": 3}`',
    }),
  },
  closed,
)

export const UserList = Type.Object(
  {
    items: Type.Array(ListedUser),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    total: Type.Integer({ description: 'On all pages together' }),
  },
  closed,
)

const Asked = {
  q: Type.Optional(Type.String({ maxLength: 100 })),
  role: Type.Optional(RoleName),
  status: Type.Optional(StatusName),
  seen: Type.Optional(SeenName),
  sort: Type.Optional(SortName),
  order: Type.Optional(OrderName),
}

export const UserQuery = Type.Object(
  {
    ...Asked,
    limit: Type.Optional(Type.String({ pattern: '^\\d{1,3}$' })),
    cursor: Type.Optional(Type.String({ pattern: '^[^~]{0,64}~[^~]{1,64}$' })),
  },
  closed,
)

/** Who stands in a table that is taken along, and in which order. */
export const UserExport = Type.Object(Asked, closed)

export const ACTS_FOR_MANY = ['role', 'end-sessions', 'block', 'unblock'] as const
export type ActForManyName = (typeof ACTS_FOR_MANY)[number]
const ActName = Type.Unsafe<ActForManyName>({ type: 'string', enum: [...ACTS_FOR_MANY] })

export const UserActs = Type.Object(
  {
    act: ActName,
    ids: Type.Array(Id, { minItems: 1, maxItems: 100 }),
    role: Type.Optional(RoleName),
    reason: Type.Optional(Reason),
    hides: Type.Optional(Type.Boolean({ description: 'With a block. Default true' })),
  },
  closed,
)
export type UserActs = Static<typeof UserActs>

/** One line for each person, in the order given. */
export const UserOutcomes = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        { id: Id, code: Type.Union([Type.String(), Type.Null()]), detail: Type.String() },
        closed,
      ),
    ),
  },
  closed,
)

const Chosen = Type.Optional(Type.Union([Id, Type.Array(Id, { maxItems: 100 })]))
const Column = Type.String({ maxLength: 80 })
/** The filters one comes from and goes back to. */
const From = Type.Optional(Type.String({ maxLength: 1_000 }))

/** What was ticked in the table, before it is confirmed. */
export const SelectionForm = Type.Object({ act: ActName, people: Chosen, from: From }, closed)

export const SelectionActForm = Type.Object(
  {
    act: ActName,
    people: Chosen,
    from: From,
    role: Type.Optional(RoleName),
    reason: Type.Optional(Reason),
    hides: Type.Optional(Type.Unsafe<'yes'>({ type: 'string', enum: ['yes'] })),
  },
  closed,
)
export type SelectionActForm = Static<typeof SelectionActForm>

export const ColumnsForm = Type.Object(
  {
    shown: Type.Optional(Type.Union([Column, Type.Array(Column, { maxItems: 50 })])),
    from: From,
  },
  closed,
)

export const ExportForm = Type.Object({ from: From }, closed)

export const UserParams = Type.Object({ id: Id }, closed)

export const SessionsEnded = Type.Object({ ended: Type.Integer({ minimum: 0 }) }, closed)

export const SessionParams = Type.Object({ id: Id, session: Id }, closed)

export const UserSessions = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Id,
          browser: Type.String({ description: 'Empty when unknown' }),
          system: Type.String({ description: 'Empty when unknown' }),
          kind: Type.String({ description: '`desktop`, `phone`, `tablet` or `program`' }),
          ip: Type.String(),
          userAgent: Type.String(),
          createdAt: Instant,
          usedAt: Instant,
        },
        closed,
      ),
    ),
    nextCursor: Type.Null(),
  },
  closed,
)

export const ResetLink = Type.Object({ isSent: Type.Boolean() }, closed)

export const UserPatch = Type.Object(
  {
    role: Type.Optional(RoleName),
    status: Type.Optional(StatusName),
    reason: Type.Optional(Reason),
    hides: Type.Optional(
      Type.Boolean({
        description: 'With a block: only staff see what was published. Default true',
      }),
    ),
  },
  { ...closed, minProperties: 1 },
)

/** One act of the forms of a person's page. */
export const PersonForm = Type.Object(
  {
    act: Type.Unsafe<PersonAct>({
      type: 'string',
      enum: ['role', 'block', 'unblock', 'end-sessions', 'end-session', 'reset', 'take-factor'],
    }),
    role: Type.Optional(RoleName),
    reason: Type.Optional(Reason),
    hides: Type.Optional(Type.Unsafe<'yes'>({ type: 'string', enum: ['yes'] })),
    session: Type.Optional(Id),
  },
  closed,
)
export type PersonForm = Static<typeof PersonForm>
export type PersonAct =
  | 'role'
  | 'block'
  | 'unblock'
  | 'end-sessions'
  | 'end-session'
  | 'reset'
  | 'take-factor'

/** What a page tells after an act; `reset-kept`: the letter waits, as the station sends no mail. */
export type PersonDone = PersonAct | 'reset-kept'

export const INVITATION_DAYS = ['1', '7', '30', '90', '365'] as const

export const InvitationForm = Type.Object(
  {
    note: Type.Optional(Reason),
    maxUses: Type.String({ pattern: '^([1-9]\\d{0,2}|1000)$' }),
    days: Type.Unsafe<string>({ type: 'string', enum: [...INVITATION_DAYS] }),
  },
  closed,
)

const Short = Type.String({ maxLength: 200 })

/** What a form of settings sends: the schema of its group checks it. */
export const SettingsBody = Type.Record(Type.String(), Type.String({ maxLength: 20_000 }))

export const SettingsParams = Type.Object({ group: Type.String({ maxLength: 64 }) }, closed)

export const SettingsPatch = Type.Unsafe<Record<string, Json>>({ type: 'object', minProperties: 1 })

/** Of the audit log, in addresses and in the API. */
export const AuditQuery = Type.Object(
  {
    area: Type.Optional(Type.String({ pattern: '^[a-z-]{0,30}$' })),
    outcome: Type.Optional(Type.String({ pattern: '^(done|refused)?$' })),
    actorId: Type.Optional(Short),
    subject: Type.Optional(Short),
    from: Type.Optional(Type.String({ maxLength: 40 })),
    until: Type.Optional(Type.String({ maxLength: 40 })),
    limit: Type.Optional(Type.String({ pattern: '^\\d{1,3}$' })),
    cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
    format: Type.Optional(Type.String({ pattern: '^(csv|json)$' })),
  },
  closed,
)

/** One dead letter. */
const Letter = { consumer: Short, seq: Type.Integer({ minimum: 1 }) }

export const EventAct = Type.Object(
  { act: Type.Unsafe<'retry' | 'skip'>({ type: 'string', enum: ['retry', 'skip'] }), ...Letter },
  closed,
)

export const Replay = Type.Object(
  { consumer: Short, fromSeq: Type.Integer({ minimum: 0 }), confirm: Short },
  closed,
)

const Digits = Type.String({ pattern: '^\\d{1,15}$' })

/** A form says numbers as text, and names the thing it is about to change. */
export const EventForm = Type.Object(
  {
    act: Type.Unsafe<EventActName>({ type: 'string', enum: ['retry', 'skip', 'replay'] }),
    consumer: Short,
    seq: Type.Optional(Digits),
    from: Type.Optional(Digits),
    confirm: Type.Optional(Short),
  },
  closed,
)
export type EventForm = Static<typeof EventForm>
export type EventActName = 'retry' | 'skip' | 'replay'
