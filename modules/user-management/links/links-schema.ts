import { Type } from '#core'

const closed = { additionalProperties: false } as const
const Token = Type.String({ maxLength: 200, description: 'From the link of a letter' })
const Address = Type.String({ maxLength: 1_000 })
const Credential = Type.String({ maxLength: 4_096 })
const Time = Type.String({ description: 'ISO 8601, UTC' })

export const Forgotten = Type.Object({ email: Address }, closed)
export const Confirmation = Type.Object({ token: Token }, closed)
export const Confirmed = Type.Object({ username: Type.String() }, closed)
export const Reset = Type.Object({ token: Token, password: Credential }, closed)
export const PasswordChange = Type.Object({ oldPassword: Credential, password: Credential }, closed)
export const EmailChange = Type.Object({ email: Address, password: Credential }, closed)

export const InvitationWish = Type.Object(
  {
    /** Whom it is for; only staff see it. */
    note: Type.Optional(Type.String({ maxLength: 200 })),
    maxUses: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  },
  closed,
)

export const Invitation = Type.Object(
  {
    id: Type.String(),
    note: Type.String(),
    madeBy: Type.Object({ id: Type.String(), username: Type.String() }, closed),
    maxUses: Type.Integer(),
    uses: Type.Integer(),
    createdAt: Time,
    expiresAt: Time,
    state: Type.Unsafe<'open' | 'used-up' | 'expired' | 'revoked'>({
      type: 'string',
      enum: ['open', 'used-up', 'expired', 'revoked'],
    }),
  },
  closed,
)

export const Invitations = Type.Object(
  { items: Type.Array(Invitation), nextCursor: Type.Null() },
  closed,
)

export const NewInvitation = Type.Object(
  { invitation: Invitation, url: Type.String({ description: 'Shown this once' }) },
  closed,
)

export const IdParams = Type.Object({ id: Type.String({ maxLength: 100 }) }, closed)
