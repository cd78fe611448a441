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

/** A legal document has a new version, in both languages; `asksAgain`: people are asked anew. */
export const DocumentPublished = Type.Object(
  { document: Type.String(), version: Type.Integer({ minimum: 1 }), asksAgain: Type.Boolean() },
  { additionalProperties: false },
)

/**
 * A person agrees, perhaps once more; what they agree to while their account is made is no event of
 * its own. After `publishing` what they make public may be shown to everybody.
 */
export const ConsentGiven = Type.Object(
  { userId: Type.String(), purpose: Type.String() },
  { additionalProperties: false },
)

/**
 * A person has taken back a consent. After `publishing` nothing of theirs may be shown to people
 * they have not chosen: whoever shows something hides it.
 */
export const ConsentWithdrawn = Type.Object(
  { userId: Type.String(), purpose: Type.String() },
  { additionalProperties: false },
)

declare global {
  interface QuarkEvents {
    'user.deleted': Static<typeof UserDeleted>
    'document.published': Static<typeof DocumentPublished>
    'consent.given': Static<typeof ConsentGiven>
    'consent.withdrawn': Static<typeof ConsentWithdrawn>
  }
}
