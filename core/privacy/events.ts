import type { Static } from 'typebox'
import { Type } from '../type.ts'

/**
 * An account was erased; `content` tells whether what others can read stayed under the name of
 * nobody. Whoever keeps something about the person has erased it before this event.
 */
export const UserDeleted = Type.Object(
  {
    id: Type.String(),
    content: Type.Union([Type.Literal('delete'), Type.Literal('anonymise')]),
  },
  { additionalProperties: false },
)

declare global {
  interface QuarkEvents {
    'user.deleted': Static<typeof UserDeleted>
  }
}
