import { type Static, Type } from '#core'

const closed = { additionalProperties: false } as const
const Id = Type.String({ description: 'Id of the post.' })
const Instant = Type.String({ format: 'date-time' })
const Path = Type.String({ description: 'Address on this station, `/user/anna/blog/first-words`.' })

/** A post was begun, mostly as a draft. Its text may not be public: none of it is here. */
export const PostCreated = Type.Object(
  { id: Id, authorId: Type.String(), slug: Type.String(), status: Type.String() },
  closed,
)

/** Text, details or date of a post have changed. `blocks` names the changed ones of the text. */
export const PostUpdated = Type.Object(
  {
    id: Id,
    authorId: Type.String(),
    slug: Type.String(),
    status: Type.String(),
    rev: Type.Integer({ minimum: 1 }),
    blocks: Type.Array(Type.String()),
  },
  closed,
)

/**
 * A post has become readable for others: by its author's hand, or because its time had come. It
 * comes once for each publication, after the post can be read at `url`.
 */
export const PostPublished = Type.Object(
  {
    id: Id,
    authorId: Type.String(),
    username: Type.String(),
    slug: Type.String(),
    url: Path,
    title: Type.String({ description: 'May be empty.' }),
    lang: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
    visibility: Type.Union([Type.Literal('public'), Type.Literal('unlisted')]),
    tags: Type.Array(Type.String()),
    excerpt: Type.String(),
    content: Type.String({ description: 'The text without markup; empty behind a password.' }),
    headings: Type.Array(
      Type.Object({ level: Type.Integer({ minimum: 2, maximum: 6 }), text: Type.String() }, closed),
    ),
    links: Type.Array(Type.Object({ href: Type.String(), text: Type.String() }, closed)),
    images: Type.Array(Type.Object({ alt: Type.String() }, closed)),
    words: Type.Integer({ minimum: 0 }),
    publishedAt: Instant,
  },
  closed,
)

/** A public post was taken back; readers find nothing at its address until it is published again. */
export const PostUnpublished = Type.Object(
  { id: Id, authorId: Type.String(), slug: Type.String() },
  closed,
)

/** A post was removed for good; an address that was public answers 410 from now on. */
export const PostDeleted = Type.Object(
  { id: Id, authorId: Type.String(), slug: Type.String(), wasPublished: Type.Boolean() },
  closed,
)

declare global {
  interface QuarkEvents {
    'post.created': Static<typeof PostCreated>
    'post.updated': Static<typeof PostUpdated>
    'post.published': Static<typeof PostPublished>
    'post.unpublished': Static<typeof PostUnpublished>
    'post.deleted': Static<typeof PostDeleted>
  }
}
