import { type Static, Type } from '#core'

const closed = { additionalProperties: false } as const
const Id = Type.String({ maxLength: 36 })

export const NameParams = Type.Object({ username: Type.String({ maxLength: 200 }) }, closed)

export const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

/** How the asker now stands to the person. */
export const Standing = Type.Object(
  {
    follows: Type.Boolean(),
    followedBy: Type.Boolean(),
    mutes: Type.Boolean(),
    blocks: Type.Boolean(),
  },
  closed,
)

export const ListedPeople = Type.Object(
  {
    items: Type.Array(
      Type.Object({ id: Id, username: Type.String(), displayName: Type.String() }, closed),
    ),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)

export const BetweenQuestion = Type.Object(
  { userId: Id, otherIds: Type.Array(Id, { maxItems: 200 }) },
  closed,
)

export const BetweenAnswer = Type.Array(
  Type.Object({ id: Id, ...Standing.properties, blockedBy: Type.Boolean() }, closed),
)

export const EndQuestion = Type.Object(
  {
    userId: Id,
    /** Without those the person has muted. */
    heard: Type.Optional(Type.Boolean()),
    /** 1 to 500; default 100. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

export const EndAnswer = Type.Object(
  { ids: Type.Array(Id), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
)

declare global {
  interface QuarkCalls {
    /** How one person stands to others; everyone asked for is in the answer. */
    'relations.between': {
      input: Static<typeof BetweenQuestion>
      output: Static<typeof BetweenAnswer>
    }
    /** Whom somebody follows, the newest first. */
    'relations.following': { input: Static<typeof EndQuestion>; output: Static<typeof EndAnswer> }
    /** Who follows somebody, the newest first. */
    'relations.followers': { input: Static<typeof EndQuestion>; output: Static<typeof EndAnswer> }
  }
}
