import { type Static, Type } from '#core'

/** Who did it and about whom. */
export const Pair = Type.Object(
  { userId: Type.String(), targetId: Type.String() },
  { additionalProperties: false },
)

declare global {
  interface QuarkEvents {
    /** Once for each time somebody begins to follow somebody; subject `relation/<userId>/<targetId>`. */
    'follow.created': Static<typeof Pair>
    /** When it ends, by the follower or because one of the two blocked the other: the actor is who did. */
    'follow.removed': Static<typeof Pair>
    /** Whoever was blocked is not told of it; modules keep them away. */
    'block.created': Static<typeof Pair>
    'block.removed': Static<typeof Pair>
  }
}
