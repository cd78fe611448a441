import { Reported, type Static, Type } from '#core'
import { type Deed, DEEDS, type Reason, REASONS } from './tables.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ maxLength: 36 })

const ReasonName = Type.Unsafe<Reason>({ type: 'string', enum: [...REASONS] })
const DeedName = Type.Unsafe<Deed>({ type: 'string', enum: [...DEEDS] })

/** Parts of the queue; `answered`: the author disagrees, and nobody has decided on that. */
export const QUEUE_STATES = ['open', 'answered', 'accepted', 'dismissed'] as const
export type QueueState = (typeof QUEUE_STATES)[number]
const SUBJECT = '^[a-z][a-z-]{0,30}/[\\w-]{1,80}$'
const PATH = '^/(?![/\\\\])[^\\s\\\\]*$'

/** `post/<id>`, `user/<id>`: what a module calls its things. */
const Subject = Type.String({ pattern: SUBJECT })
/** Of this station: no other host can be reached through it. */
const Path = Type.String({ pattern: PATH, maxLength: 500 })
const Words = Type.String({ maxLength: 1_000 })

export const NewReport = Type.Object(
  { subject: Subject, path: Path, reason: ReasonName, text: Type.Optional(Words) },
  closed,
)
export type NewReport = Static<typeof NewReport>

export const DecisionBody = Type.Object(
  {
    decision: DeedName,
    /** Why, as the author is told. Default: what the first report says. */
    reason: Type.Optional(ReasonName),
    /** For the author. */
    words: Type.Optional(Words),
    /** For other moderators. */
    note: Type.Optional(Words),
  },
  closed,
)
export type DecisionBody = Static<typeof DecisionBody>

const Back = Type.Optional(Type.String({ pattern: '^/admin(/content(\\?state=[a-z]+)?)?$' }))

/** From a page, to which its sender comes back. */
export const DecisionForm = Type.Object({ ...DecisionBody.properties, back: Back }, closed)

/** Beside a button that needs nothing else. */
export const BackForm = Type.Object({ back: Back }, closed)

export const ReportParams = Type.Object({ id: Id }, closed)

export const QueueQuery = Type.Object(
  {
    state: Type.Optional(Type.Unsafe<QueueState>({ type: 'string', enum: [...QUEUE_STATES] })),
    cursor: Type.Optional(Id),
  },
  closed,
)

/** Whether a link to the form carries what the form takes. */
export function isSubject(text: string): boolean {
  return new RegExp(SUBJECT).test(text)
}

export function isPath(text: string): boolean {
  return text.length <= 500 && new RegExp(PATH).test(text)
}

/** A report as its author sees it. */
export const OwnReport = Type.Object({ id: Id, state: Type.String() }, closed)

const Time = Type.String({ description: 'ISO 8601, UTC' })
const OrNull = (type: ReturnType<typeof Type.String>) => Type.Union([type, Type.Null()])

/** What one person says, as moderators see it. */
export const OneReport = Type.Object(
  {
    id: Id,
    reporterId: Id,
    path: Type.String(),
    reason: ReasonName,
    text: Type.String(),
    createdAt: Time,
  },
  closed,
)
export type OneReport = Static<typeof OneReport>

const DecisionSeen = Type.Object(
  {
    id: Id,
    deed: DeedName,
    reason: ReasonName,
    words: Type.String(),
    note: Type.String(),
    decidedBy: Id,
    decidedAt: Time,
    deletedAt: OrNull(Time),
    restoredAt: OrNull(Time),
    restoredBy: OrNull(Id),
    answer: Type.String(),
    answeredAt: OrNull(Time),
    upheldAt: OrNull(Time),
    upheldBy: OrNull(Id),
    mayRestore: Type.Boolean(),
  },
  closed,
)

/** Something that was reported, with all that people say about it. */
export const QueueItem = Type.Object(
  {
    /** Of the oldest report: decide on that one, and all are decided. */
    id: Id,
    subject: Type.String(),
    path: Type.String(),
    state: Type.String(),
    count: Type.Integer({ minimum: 0 }),
    /** The oldest twenty. */
    reports: Type.Array(OneReport),
    /** What was reported; null where nobody knows, or it is gone. */
    content: Type.Union([Reported, Type.Null()]),
    /** What you may decide. */
    may: Type.Array(DeedName),
    decision: Type.Union([DecisionSeen, Type.Null()]),
  },
  closed,
)
export type QueueItem = Static<typeof QueueItem>

export const QueueList = Type.Object(
  { items: Type.Array(QueueItem), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
)

/** A decision as the author of what it is about reads it. */
export const OwnDecision = Type.Object(
  {
    id: Id,
    deed: DeedName,
    reason: ReasonName,
    words: Type.String(),
    title: Type.String(),
    excerpt: Type.String(),
    decidedAt: Time,
    restoredAt: OrNull(Time),
    answer: Type.String(),
    answeredAt: OrNull(Time),
    upheldAt: OrNull(Time),
  },
  closed,
)

export const AnswerBody = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' }) },
  closed,
)

export const Subjects = Type.Object(
  { subjects: Type.Array(Type.String(), { maxItems: 1_000 }) },
  closed,
)

declare global {
  interface QuarkCalls {
    /** How many reports wait for a moderator. */
    'moderation.open-count': { input: Record<string, never>; output: number }
    /** Whether a report about one of them waits for a moderator. Only for modules of the level core. */
    'moderation.any-open': { input: Static<typeof Subjects>; output: boolean }
  }
}
