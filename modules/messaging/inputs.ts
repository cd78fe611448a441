import type { TSchema } from 'typebox'
import { Type } from '#core'
import {
  Chat,
  ChatType,
  Count,
  Entity,
  Id,
  Message,
  nullable,
  Permissions,
  Person,
  Quote,
  Rights,
  Role,
  Seq,
  State,
  Time,
} from './schema.ts'
import { SHARED_KINDS, type SharedKind } from './tables.ts'

/* What methods and routes take and answer. */

const closed = { additionalProperties: false } as const

/** Made once by the sender's program and kept until the answer: a UUIDv7. */
export const Cid = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_:.-]+$' })
const Name = Type.String({ minLength: 1, maxLength: 64 })
const Cursor = Type.Optional(Type.String({ maxLength: 300 }))
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100 }))
/* Longer than allowed: the domain answers with the limit in words. */
const Words = Type.String({ maxLength: 100_000 })
const Entities = Type.Array(Entity, { maxItems: 500 })
const What = Type.Unsafe<'text' | 'voice' | 'file' | 'stop'>({
  type: 'string',
  enum: ['text', 'voice', 'file', 'stop'],
})
export const Scope = Type.Unsafe<'me' | 'all'>({ type: 'string', enum: ['me', 'all'] })

export const OfChat = Type.Object({ chat: Id }, closed)
export const OfUsername = Type.Object({ username: Name }, closed)

export const ChatsQuestion = Type.Object(
  { archived: Type.Optional(Type.Boolean()), cursor: Cursor, limit: Limit },
  closed,
)
export const NewChat = Type.Object(
  {
    type: ChatType,
    title: Type.Optional(Words),
    about: Type.Optional(Words),
    slug: Type.Optional(Type.String({ maxLength: 200 })),
    members: Type.Optional(Type.Array(Name, { maxItems: 200 })),
  },
  closed,
)
export const ChatChange = Type.Object(
  {
    title: Type.Optional(Words),
    about: Type.Optional(Words),
    slug: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
    permissions: Type.Optional(Permissions),
    slowModeS: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
    /** Of groups without an address. */
    historyHidden: Type.Optional(Type.Boolean()),
    photoId: Type.Optional(nullable(Id)),
  },
  closed,
)
export const NewMessage = Type.Object(
  {
    cid: Cid,
    text: Type.Optional(Words),
    /** Absent: the text is Markdown. */
    entities: Type.Optional(Entities),
    mediaIds: Type.Optional(Type.Array(Id, { maxItems: 10 })),
    reply: Type.Optional(Type.Object({ seq: Seq, quote: Type.Optional(Quote) }, closed)),
    /** The draft this was: it is gone with the message. */
    draftVer: Type.Optional(Count),
  },
  closed,
)
export const MessageChange = Type.Object(
  {
    text: Words,
    entities: Type.Optional(Entities),
    /** The version that was changed; an older one is refused. */
    ver: Type.Optional(Count),
  },
  closed,
)
export const DraftChange = Type.Object(
  {
    draft: nullable(
      Type.Object(
        {
          text: Words,
          entities: Type.Optional(Entities),
          replySeq: nullable(Seq),
          quote: Type.Optional(Quote),
        },
        closed,
      ),
    ),
    /** The version that was changed; 0 when there was none. */
    ver: Count,
  },
  closed,
)
export const HistoryQuestion = Type.Object(
  {
    before: Type.Optional(Seq),
    after: Type.Optional(Seq),
    around: Type.Optional(Seq),
    limit: Limit,
  },
  closed,
)
export const MentionsQuestion = Type.Object({ after: Type.Optional(Seq), limit: Limit }, closed)
export const SearchQuestion = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 100 }),
    /** Only in this chat. */
    chat: Type.Optional(Id),
    cursor: Cursor,
    limit: Limit,
  },
  closed,
)
export const SharedQuestion = Type.Object(
  {
    chat: Id,
    kind: Type.Unsafe<SharedKind>({ type: 'string', enum: [...SHARED_KINDS] }),
    cursor: Cursor,
    limit: Limit,
  },
  closed,
)
export const GalleryQuestion = Type.Object({ chat: Id, seq: Seq, limit: Limit }, closed)
export const MembersQuestion = Type.Object(
  { q: Type.Optional(Type.String({ maxLength: 64 })), cursor: Cursor, limit: Limit },
  closed,
)
export const BannedQuestion = Type.Object({ cursor: Cursor, limit: Limit }, closed)
export const RoleChange = Type.Object(
  {
    role: Role,
    rights: Type.Optional(Rights),
  },
  closed,
)
export const NewInvite = Type.Object(
  {
    expiresAt: Type.Optional(nullable(Time)),
    /** Instead: for so long, by the clock of the station. */
    forS: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 31_536_000 }))),
    maxUses: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 100_000 }))),
    approval: Type.Optional(Type.Boolean()),
  },
  closed,
)
export const ForwardOrder = Type.Object(
  {
    chat: Id,
    cids: Type.Array(Cid, { minItems: 1, maxItems: 100 }),
    from: Type.Object({ chat: Id, seqs: Type.Array(Seq, { minItems: 1, maxItems: 100 }) }, closed),
  },
  closed,
)
export const Seqs = Type.Array(Seq, { minItems: 1, maxItems: 100 })
export const Emoji = Type.String({ minLength: 1, maxLength: 40 })
export const ReactedQuestion = Type.Object(
  { seq: Seq, emoji: Type.Optional(Emoji), cursor: Cursor, limit: Limit },
  closed,
)
export const TypingSign = Type.Object({ chat: Id, what: What }, closed)
export const Usernames = Type.Array(Name, { minItems: 1, maxItems: 200 })
export const UserIds = Type.Array(Id, { minItems: 1, maxItems: 100 })
export const Token = Type.String({ minLength: 10, maxLength: 64 })

/** An object with the chat beside what else is asked. */
export function inChat<Properties extends Record<string, TSchema>>(properties: Properties) {
  return Type.Object({ chat: Id, ...properties }, closed)
}

export const Invite = Type.Object(
  {
    token: Type.String(),
    /** Where it leads: `/join/<token>`. */
    path: Type.String(),
    createdBy: Id,
    createdAt: Time,
    expiresAt: nullable(Time),
    maxUses: nullable(Count),
    uses: Count,
    approval: Type.Boolean(),
  },
  closed,
)

/* Answers. */

export const Member = Type.Object(
  { user: Person, role: Role, state: State, rights: Rights, joinedAt: Time },
  closed,
)

/** The newest first. */
export const ReactedAnswer = Type.Object(
  {
    items: Type.Array(Type.Object({ user: Person, emoji: Type.String(), reactedAt: Time }, closed)),
    nextCursor: nullable(Type.String()),
  },
  closed,
)

export const OneChat = Type.Object({ chat: Chat, people: Type.Array(Person) }, closed)
export const ChatList = Type.Object(
  { items: Type.Array(Chat), people: Type.Array(Person), nextCursor: nullable(Type.String()) },
  closed,
)
export const Sent = Type.Object(
  {
    chat: Id,
    seq: Seq,
    cid: Type.String(),
    date: Time,
    /** True: it was here already, under this number. */
    dup: Type.Boolean(),
    m: Message,
  },
  closed,
)
export const HistoryPage = Type.Object(
  {
    items: Type.Array(Message),
    people: Type.Array(Person),
    hasBefore: Type.Boolean(),
    hasAfter: Type.Boolean(),
  },
  closed,
)

const Mark = Type.Object({ offset: Count, length: Count }, closed)
export const SearchAnswer = Type.Object(
  {
    /** The latest first; `marks` are the words of the text that were meant. */
    items: Type.Array(Type.Object({ m: Message, marks: Type.Array(Mark) }, closed)),
    /** Everybody whom the messages name. */
    authors: Type.Array(Person),
    /** Without `chat`, on the first page: own chats and people whose names begin so. */
    chats: Type.Array(Chat),
    people: Type.Array(Person),
    /** There may be more where a page holds few messages, and even none. */
    nextCursor: nullable(Type.String()),
  },
  closed,
)
export const MentionsAnswer = Type.Object(
  {
    /** The oldest first. */
    items: Type.Array(Message),
    people: Type.Array(Person),
    hasAfter: Type.Boolean(),
  },
  closed,
)
export const PinsAnswer = Type.Object(
  {
    /** The newest first. */
    items: Type.Array(Message),
    people: Type.Array(Person),
  },
  closed,
)
export const GalleryAnswer = Type.Object(
  {
    /** Ascending. */
    items: Type.Array(Message),
    people: Type.Array(Person),
    /** Pictures and films, not messages, before and after these. */
    before: Count,
    after: Count,
  },
  closed,
)
export const SharedAnswer = Type.Object(
  {
    /** The latest first. */
    items: Type.Array(Message),
    people: Type.Array(Person),
    nextCursor: nullable(Type.String()),
  },
  closed,
)
