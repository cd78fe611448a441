import type { TSchema } from 'typebox'
import { type Static, Type } from '#core'
import { Permissions, Rights } from './members/rights.ts'
import { MAX_TYPED } from './text/limits.ts'

export { Permissions, Rights } from './members/rights.ts'

/* What the messenger tells and takes: the same shapes over REST, methods and updates. */

const closed = { additionalProperties: false } as const

export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()])
}

function oneOf<const Word extends string>(...words: Word[]) {
  return Type.Unsafe<Word>({ type: 'string', enum: words })
}

export const Id = Type.String({ minLength: 1, maxLength: 64 })
/** Number of a message within its chat, or of an event: dense, from 1. */
export const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** ISO 8601, UTC */
export const Time = Type.String({ format: 'date-time' })
export const Count = Type.Integer({ minimum: 0 })

export const Person = Type.Object(
  {
    id: Id,
    username: Type.String(),
    displayName: Type.String(),
    avatar: nullable(Type.String()),
    flavour: nullable(Type.String()),
    /** True: the account is gone; the name is a sign of where it stood. */
    deleted: Type.Boolean(),
    /** `online`, `recently`, an instant, or null when the person keeps it to themselves. */
    lastSeen: Type.Optional(nullable(Type.String())),
  },
  closed,
)
export type Person = Static<typeof Person>

export const ENTITY_TYPES = [
  'bold',
  'italic',
  'strike',
  'underline',
  'code',
  'pre',
  'spoiler',
  'quote',
  'link',
  'mention',
  'hashtag',
  'url',
] as const

/** A stretch of a text; places and lengths in UTF-16 units. */
export const Entity = Type.Object(
  {
    type: oneOf(...ENTITY_TYPES),
    offset: Count,
    length: Type.Integer({ minimum: 1 }),
    /** Of a `link`: http, https, mailto or a path of this station. */
    url: Type.Optional(Type.String({ maxLength: 2_000 })),
    /** Of a `mention`, when the person exists. */
    userId: Type.Optional(Id),
    /** Of a `pre`. */
    language: Type.Optional(Type.String({ maxLength: 40 })),
  },
  closed,
)
export type Entity = Static<typeof Entity>

export const Attachment = Type.Object(
  {
    id: Id,
    kind: oneOf('photo', 'video', 'file', 'voice'),
    url: Type.String(),
    name: Type.String(),
    /** Of files; pictures have been made anew and have several sizes. */
    bytes: Type.Optional(Count),
    mime: Type.Optional(Type.String()),
    width: Type.Optional(Count),
    height: Type.Optional(Count),
    thumbhash: Type.Optional(Type.String()),
    variants: Type.Optional(
      Type.Array(
        Type.Object(
          { url: Type.String(), width: Count, height: Count, type: Type.String() },
          closed,
        ),
      ),
    ),
    durationMs: Type.Optional(Count),
    /** Loudness from 0 to 31. */
    waveform: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 31 }), { maxItems: 100 }),
    ),
    alt: Type.Optional(Type.String()),
  },
  closed,
)
export type Attachment = Static<typeof Attachment>

export const Reaction = Type.Object(
  {
    emoji: Type.String(),
    count: Count,
    /** Always false in updates, which many people hear: there `msg.react` names who it was. */
    mine: Type.Boolean(),
  },
  closed,
)
export type Reaction = Static<typeof Reaction>

export const Quote = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 1_024 }), offset: Count },
  closed,
)
export type Quote = Static<typeof Quote>

/** What a message shows that has no words. */
const Wordless = Type.Object(
  {
    kind: oneOf('photo', 'video', 'voice', 'file', 'post'),
    /** Of pictures that stand together; 1 otherwise. */
    count: Count,
    /** Of a file, or the title of a post; '' elsewhere. */
    name: Type.String(),
  },
  closed,
)
export type Wordless = Static<typeof Wordless>

export const Reply = Type.Object(
  {
    seq: Seq,
    sender: nullable(Id),
    /** The beginning of what is answered, at most 120 units, spoilers as `▒`; empty when it is gone. */
    text: Type.String(),
    /** Where it has no words. */
    shown: Type.Optional(Wordless),
    quote: Type.Optional(Quote),
  },
  closed,
)

export type Reply = Static<typeof Reply>

export const Forward = Type.Object(
  {
    name: Type.String(),
    userId: nullable(Id),
    /** Only where whoever looks may follow it: a public channel. */
    chat: nullable(Id),
    seq: nullable(Seq),
    date: Time,
    /** The account of whoever said it is gone. Then the name is empty, and so may be the words. */
    deleted: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Forward = Static<typeof Forward>

export const Preview = Type.Object(
  {
    url: Type.String(),
    site: Type.String(),
    title: Type.String(),
    description: Type.String(),
    image: nullable(Type.String()),
  },
  closed,
)
export type Preview = Static<typeof Preview>

export const Service = Type.Object(
  {
    what: oneOf('created', 'joined', 'left', 'added', 'removed', 'title', 'photo', 'pinned'),
    users: Type.Optional(Type.Array(Id)),
    text: Type.Optional(Type.String()),
    /** What was pinned, as it is now. */
    pinned: Type.Optional(Reply),
  },
  closed,
)
export type Service = Static<typeof Service>

export const PostCard = Type.Object(
  {
    id: Id,
    url: Type.String(),
    title: Type.String(),
    excerpt: Type.String(),
    cover: nullable(Type.String()),
    author: nullable(Id),
  },
  closed,
)
export type PostCard = Static<typeof PostCard>

export const Message = Type.Object(
  {
    chat: Id,
    seq: Seq,
    cid: Type.String(),
    /** null: the chat itself, or an account that is gone. */
    sender: nullable(Id),
    date: Time,
    editedAt: nullable(Time),
    /** Raised by every edit. */
    ver: Count,
    kind: oneOf('text', 'service', 'post'),
    text: Type.String(),
    entities: Type.Array(Entity),
    media: Type.Array(Attachment),
    reply: nullable(Reply),
    forward: nullable(Forward),
    reactions: Type.Array(Reaction),
    preview: nullable(Preview),
    service: nullable(Service),
    post: nullable(PostCard),
    views: Type.Optional(Count),
    mentionsMe: Type.Optional(Type.Boolean()),
    /** Then text and media are empty. */
    deleted: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Message = Static<typeof Message>

export const Draft = Type.Object(
  {
    text: Type.String({ maxLength: MAX_TYPED }),
    entities: Type.Array(Entity),
    replySeq: nullable(Seq),
    /** The words of it that are quoted, as they were when they were chosen. */
    quote: Type.Optional(Quote),
    ver: Count,
    at: Time,
  },
  closed,
)
export type Draft = Static<typeof Draft>

export const Role = oneOf('owner', 'admin', 'member')
export type Role = Static<typeof Role>
export const State = oneOf('in', 'left', 'removed', 'requested')
export type State = Static<typeof State>

/** A chat as one member has it. */
export const Me = Type.Object(
  {
    role: Role,
    state: State,
    rights: Rights,
    readSeq: Seq,
    joinedSeq: Seq,
    /** Messages up to here are not in this person's view: cleared, or said before they came. */
    clearedSeq: Seq,
    unread: Count,
    mentions: Count,
    markedUnread: Type.Boolean(),
    mutedUntil: nullable(Time),
    /** The place among pinned chats, from 0. */
    pinned: nullable(Count),
    archived: Type.Boolean(),
    draft: nullable(Draft),
  },
  closed,
)
export type Me = Static<typeof Me>

export const ChatType = oneOf('private', 'saved', 'group', 'channel')
export type ChatType = Static<typeof ChatType>

export const Chat = Type.Object(
  {
    id: Id,
    type: ChatType,
    title: Type.String(),
    about: Type.String(),
    slug: nullable(Type.String()),
    photo: nullable(Type.String()),
    /** The other one of a private chat. */
    peer: nullable(Person),
    members: Count,
    /** What happens is told once for all, without what concerns each. */
    large: Type.Boolean(),
    permissions: Permissions,
    slowModeS: Count,
    /** Who comes into this group sees what is said from then on, and nothing before. */
    historyHidden: Type.Boolean(),
    ev: Seq,
    lastSeq: Seq,
    /** The highest number anybody else has read: ticks. */
    othersReadSeq: Seq,
    pinnedSeqs: Type.Array(Seq),
    createdAt: Time,
    last: nullable(Message),
    /** null for who looks from outside. */
    me: nullable(Me),
    /** Whose blog it accompanies. */
    blogOf: nullable(Id),
  },
  closed,
)
export type Chat = Static<typeof Chat>
