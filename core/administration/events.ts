import type { Static } from 'typebox'
import { Type } from '../type.ts'

/** Somebody of the staff keeps a person out; why is in the audit log alone. */
export const UserBlocked = Type.Object({ id: Type.String() }, { additionalProperties: false })

declare global {
  interface QuarkEvents {
    'user.blocked': Static<typeof UserBlocked>
  }
}
