import { type Static, Type } from '#core'

const closed = { additionalProperties: false } as const

export const TYPES = ['posts', 'users', 'own'] as const
export type FoundType = (typeof TYPES)[number]

/** At most this many from one network in this time. */
export const SEARCH_LIMIT = { max: 60, windowS: 60 } as const

const TypeName = Type.Unsafe<FoundType>({ type: 'string', enum: [...TYPES] })

export const SearchQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    type: Type.Optional(TypeName),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
    cursor: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
)

export const FoundItem = Type.Object(
  {
    type: TypeName,
    id: Type.String(),
    title: Type.String({ description: 'May be empty.' }),
    text: Type.String({ description: 'The excerpt, or what people say of themselves.' }),
    by: Type.String({ description: 'The author’s name, or the user name.' }),
    url: Type.String({ description: 'Address on this station.' }),
    avatarUrl: Type.Union([Type.String(), Type.Null()]),
    at: Type.Union([Type.String({ description: 'ISO 8601, UTC' }), Type.Null()]),
  },
  closed,
)
export type Found = Static<typeof FoundItem>

export const FoundList = Type.Object(
  { items: Type.Array(FoundItem), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
)
export type FoundList = Static<typeof FoundList>
