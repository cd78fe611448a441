import { type Role, type Static, Type } from '#core'

const closed = { additionalProperties: false } as const

export const ROLES = ['member', 'moderator', 'admin', 'owner'] as const
export const STATUSES = ['active', 'blocked'] as const

const RoleName = Type.Unsafe<Role>({ type: 'string', enum: [...ROLES] })
const StatusName = Type.Unsafe<(typeof STATUSES)[number]>({ type: 'string', enum: [...STATUSES] })
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
  },
  closed,
)

export const UserList = Type.Object(
  { items: Type.Array(User), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
)

export const UserQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 100 })),
    role: Type.Optional(RoleName),
    status: Type.Optional(StatusName),
    limit: Type.Optional(Type.String({ pattern: '^\\d{1,3}$' })),
    cursor: Type.Optional(Id),
  },
  closed,
)

export const UserParams = Type.Object({ id: Id }, closed)

export const UserPatch = Type.Object(
  {
    role: Type.Optional(RoleName),
    status: Type.Optional(StatusName),
    reason: Type.Optional(Reason),
  },
  { ...closed, minProperties: 1 },
)

/** One act of the forms of a person's page. */
export const PersonForm = Type.Object(
  {
    act: Type.Unsafe<PersonAct>({
      type: 'string',
      enum: ['role', 'block', 'unblock', 'end-sessions', 'end-session'],
    }),
    role: Type.Optional(RoleName),
    reason: Type.Optional(Reason),
    session: Type.Optional(Id),
  },
  closed,
)
export type PersonForm = Static<typeof PersonForm>
export type PersonAct = 'role' | 'block' | 'unblock' | 'end-sessions' | 'end-session'
