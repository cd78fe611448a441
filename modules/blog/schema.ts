import { type Static, Type } from '#core'

export const closed = { additionalProperties: false } as const

/** One line of text: nothing that is not a visible character or a space. */
const line = (maxLength: number, description?: string) =>
  Type.String({
    maxLength,
    pattern: String.raw`^[^\p{Cc}\u2028\u2029]*$`,
    ...(description === undefined ? {} : { description }),
  })

export const Id = Type.String({ maxLength: 64 })
export const Time = Type.String({ description: 'ISO 8601, UTC' })
export const NullableTime = Type.Union([Time, Type.Null()])
const Title = line(300, 'At most 300 characters; may be empty.')
const Excerpt = line(600, 'Stands under the title and in lists; empty: the beginning of the text.')
const Tags = Type.Array(line(60), { maxItems: 20 })
const Slug = Type.String({ maxLength: 200, description: 'Empty: made from the title.' })
const Moment = Type.String({ format: 'date-time', description: 'RFC 3339, with an offset.' })
const BaseRev = Type.Integer({ minimum: 1, description: 'The revision the change was made on.' })
const VisibilityName = Type.Unsafe<'public' | 'unlisted' | 'private'>({
  type: 'string',
  enum: ['public', 'unlisted', 'private'],
})
const StatusName = Type.Unsafe<'draft' | 'scheduled' | 'published'>({
  type: 'string',
  enum: ['draft', 'scheduled', 'published'],
})
const Password = Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])

const CoverSchema = Type.Object(
  {
    mediaId: Id,
    alt: line(1_000),
    caption: Type.Optional(line(1_000)),
  },
  closed,
)

/** Exactly one of the three. */
const ContentSchema = Type.Object(
  {
    markdown: Type.Optional(Type.String()),
    html: Type.Optional(Type.String()),
    doc: Type.Optional(Type.Unknown({ description: 'QuarkDoc v1' })),
  },
  { ...closed, minProperties: 1, maxProperties: 1 },
)

const changeable = {
  tags: Type.Optional(Tags),
  slug: Type.Optional(Slug),
  excerpt: Type.Optional(Excerpt),
  visibility: Type.Optional(VisibilityName),
  cover: Type.Optional(Type.Union([CoverSchema, Type.Null()])),
  pinned: Type.Optional(Type.Boolean()),
  password: Type.Optional(Password),
}

export const NewPost = Type.Object(
  {
    title: Title,
    content: ContentSchema,
    status: Type.Optional(
      Type.Unsafe<'draft' | 'published'>({ type: 'string', enum: ['draft', 'published'] }),
    ),
    publishAt: Type.Optional(Moment),
    key: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{16,64}$',
        description: 'Made by chance: sent again, it makes no second post; the first is answered.',
      }),
    ),
    ...changeable,
  },
  closed,
)

export const PostPatch = Type.Object(
  {
    baseRev: Type.Optional(BaseRev),
    title: Type.Optional(Title),
    content: Type.Optional(ContentSchema),
    ...changeable,
  },
  closed,
)

export const Publication = Type.Object(
  { baseRev: Type.Optional(BaseRev), publishAt: Type.Optional(Moment) },
  closed,
)

const digits = Type.String({ pattern: '^[1-9][0-9]{0,8}$' })

/** DELETE takes a body only from clients that can send one. */
export const BaseBody = Type.Union([
  Type.Object({ baseRev: Type.Optional(BaseRev) }, closed),
  Type.Null(),
])

export const BaseQuery = Type.Object({ baseRev: Type.Optional(digits) }, closed)

export const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$', description: '1–100' })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

export const FormatQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Unsafe<'doc' | 'markdown' | 'html'>({
        type: 'string',
        enum: ['doc', 'markdown', 'html'],
      }),
    ),
  },
  closed,
)

export const PostParams = Type.Object({ id: Id }, closed)
export const UserParams = Type.Object({ username: Type.String({ maxLength: 64 }) }, closed)

const summary = {
  id: Type.String(),
  username: Type.String(),
  slug: Type.String(),
  url: Type.String({ description: 'Address on this station.' }),
  title: Type.String(),
  excerpt: Type.String(),
  tags: Type.Array(Type.String()),
  minutes: Type.Integer(),
  comments: Type.Integer(),
  protected: Type.Boolean({ description: 'Opens with a password.' }),
  publishedAt: NullableTime,
  updatedAt: Time,
}

export const PostSummarySchema = Type.Object(summary, closed)

export const PostSchema = Type.Object(
  {
    ...summary,
    status: StatusName,
    visibility: VisibilityName,
    rev: Type.Integer(),
    lead: Type.String({ description: 'The excerpt as its author wrote it; mostly empty.' }),
    lang: Type.String(),
    words: Type.Integer(),
    cover: Type.Union([CoverSchema, Type.Null()]),
    pinned: Type.Boolean(),
    createdAt: Time,
    publishAt: NullableTime,
    hidden: Type.Optional(Type.Boolean({ description: 'A moderator keeps it from others' })),
    content: Type.Optional(ContentSchema),
    dropped: Type.Optional(
      Type.Array(Type.Object({ what: Type.String(), detail: Type.String() }, closed), {
        description: 'What foreign HTML held that has no place in a post.',
      }),
    ),
  },
  closed,
)

const NextCursor = Type.Union([Type.String(), Type.Null()])

export const PostListSchema = Type.Object(
  { items: Type.Array(PostSummarySchema), nextCursor: NextCursor },
  closed,
)

export const RevisionListSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          rev: Type.Integer(),
          title: Type.String(),
          createdAt: Time,
          createdBy: Type.String(),
        },
        closed,
      ),
    ),
    nextCursor: NextCursor,
  },
  closed,
)

export const CommentListSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          parentId: Type.Union([Type.String(), Type.Null()]),
          kind: Type.String(),
          authorId: Type.Union([Type.String(), Type.Null()]),
          name: Type.String(),
          url: Type.Union([Type.String(), Type.Null()]),
          html: Type.String(),
          createdAt: Time,
          hidden: Type.Optional(Type.Boolean({ description: 'Seen by its author and staff' })),
        },
        closed,
      ),
    ),
    nextCursor: NextCursor,
  },
  closed,
)

export type NewPost = Static<typeof NewPost>
export type PostPatch = Static<typeof PostPatch>
export type Publication = Static<typeof Publication>
export type PostDto = Static<typeof PostSchema>
export type PostSummaryDto = Static<typeof PostSummarySchema>
