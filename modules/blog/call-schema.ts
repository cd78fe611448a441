import { type Static, Type } from '#core'
import { closed, Id, NullableTime, PostSummarySchema, type PostSummaryDto, Time } from './schema.ts'

/** What other modules learn of a public post. */
export const PublicPost = Type.Object(
  {
    id: Type.String(),
    authorId: Type.String(),
    username: Type.String(),
    slug: Type.String(),
    url: Type.String(),
    title: Type.String(),
    lang: Type.String(),
    tags: Type.Array(Type.String()),
    excerpt: Type.String(),
    content: Type.String({ description: 'The text without markup.' }),
    html: Type.String({ description: 'The text as its page shows it.' }),
    words: Type.Integer(),
    publishedAt: Time,
    updatedAt: Time,
  },
  closed,
)

/** What stands on a card that leads to a post. Of one with a password only the name is told. */
export const PostCard = Type.Object(
  {
    id: Type.String(),
    authorId: Type.String(),
    url: Type.String({ description: 'Address on this station.' }),
    title: Type.String({ description: 'May be empty.' }),
    excerpt: Type.String(),
    cover: Type.Union([Type.String({ description: 'Address on this station.' }), Type.Null()]),
    publishedAt: Time,
  },
  closed,
)

export const DraftOrder = Type.Object(
  { authorId: Id, markdown: Type.String({ maxLength: 262_144 }) },
  closed,
)
export const DraftPlace = Type.Object(
  { id: Type.String(), path: Type.String({ description: 'Where the author goes on writing.' }) },
  closed,
)

/** A post by its id, or by the path of its page. */
export const CardQuestion = Type.Object(
  { id: Type.Optional(Id), path: Type.Optional(Type.String({ maxLength: 300 })) },
  closed,
)
export const PostQuestion = Type.Object({ id: Id }, closed)
export const LatestQuestion = Type.Object(
  { limit: Type.Integer({ minimum: 1, maximum: 100 }) },
  closed,
)

export const ListedQuestion = Type.Object({ ids: Type.Array(Id, { maxItems: 100 }) }, closed)
export const ListedAnswer = Type.Array(
  Type.Object({ ...PostSummarySchema.properties, authorId: Type.String() }, closed),
)

export const OwnQuestion = Type.Object({ authorId: Type.String({ maxLength: 64 }) }, closed)
export const OwnAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      title: Type.String(),
      excerpt: Type.String(),
      status: Type.String(),
      url: Type.String({ description: 'Where it is read, or written while it is a draft.' }),
      publishedAt: NullableTime,
    },
    closed,
  ),
)

export type PublicPost = Static<typeof PublicPost>
export type PostCard = Static<typeof PostCard>

declare global {
  interface QuarkCalls {
    /** A public post without a password; null for any other. */
    'blog.post': { input: Static<typeof PostQuestion>; output: PublicPost | null }
    /** A post that stands in the lists of its author's blog; null for any other. */
    'blog.card': { input: Static<typeof CardQuestion>; output: PostCard | null }
    /** Begins a post of this author; nobody else sees it. */
    'blog.draft': { input: Static<typeof DraftOrder>; output: Static<typeof DraftPlace> }
    /** Listed posts of the station, the newest first. */
    'blog.latest': { input: Static<typeof LatestQuestion>; output: PostSummaryDto[] }
    /** Those of these posts that stand in lists now and open without a password, in no order. */
    'blog.listed': {
      input: Static<typeof ListedQuestion>
      output: Static<typeof ListedAnswer>
    }
    /** The last changed 200 of somebody's posts, drafts too: for that person alone. */
    'blog.own': { input: Static<typeof OwnQuestion>; output: Static<typeof OwnAnswer> }
  }
}
