import type { Static } from 'typebox'
import { Type } from '../type.ts'

const closed = { additionalProperties: false } as const

/**
 * Somebody of the staff keeps a person out; why is in the audit log alone. With `hides` nobody but
 * staff sees what they have published, until `user.unblocked`.
 */
export const UserBlocked = Type.Object(
  { id: Type.String(), hides: Type.Optional(Type.Boolean()) },
  closed,
)

/** The person may come back, and what a block has hidden is seen again. */
export const UserUnblocked = Type.Object({ id: Type.String() }, closed)

declare global {
  interface QuarkEvents {
    'user.blocked': Static<typeof UserBlocked>
    'user.unblocked': Static<typeof UserUnblocked>
  }
}
