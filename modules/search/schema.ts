import { type Static, Type } from '#core'

const closed = { additionalProperties: false } as const

/** In the order in which a few of each are shown. */
export const TYPES = ['chats', 'users', 'tags', 'own', 'posts', 'messages'] as const
export type FoundType = (typeof TYPES)[number]

/** What is found for who is signed in alone: their own. */
export const OWN_TYPES: readonly FoundType[] = ['chats', 'own', 'messages']
export const IN_CHATS: readonly FoundType[] = ['chats', 'messages']

/** At most this many from one network in this time: more than a person asks who never stops typing. */
export const SEARCH_LIMIT = { max: 300, windowS: 60 } as const

const TypeName = Type.Unsafe<FoundType>({ type: 'string', enum: [...TYPES] })
const ANY = TYPES.join('|')

export const SearchQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    type: Type.Optional(
      Type.String({
        pattern: `^(${ANY})(,(${ANY})){0,${TYPES.length - 1}}$`,
        description: 'One type; or several divided by commas, and a few of each are answered.',
      }),
    ),
    limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|100)$' })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

export const FoundItem = Type.Object(
  {
    type: TypeName,
    id: Type.String(),
    title: Type.String({ description: 'May be empty.' }),
    text: Type.String({ description: 'The excerpt, what people say of themselves, what is said.' }),
    by: Type.String({ description: 'The author’s name, the user name, or a chat’s second line.' }),
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
