import { type Static, Type } from '#core'
import { DECISIONS, type Decision, type Reason, REASONS } from './tables.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ maxLength: 36 })

const ReasonName = Type.Unsafe<Reason>({ type: 'string', enum: [...REASONS] })
const DecisionName = Type.Unsafe<Decision>({ type: 'string', enum: [...DECISIONS] })
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
  { decision: DecisionName, note: Type.Optional(Words) },
  closed,
)
export type DecisionBody = Static<typeof DecisionBody>

const Back = Type.Optional(Type.String({ pattern: '^/admin(/content)?$' }))

/** From a page, to which its sender comes back. */
export const DecisionForm = Type.Object({ ...DecisionBody.properties, back: Back }, closed)

export const UndoForm = Type.Object({ back: Back }, closed)

export const ReportParams = Type.Object({ id: Id }, closed)

export const QueueQuery = Type.Object(
  {
    state: Type.Optional(
      Type.Unsafe<'open' | Decision>({ type: 'string', enum: ['open', ...DECISIONS] }),
    ),
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

/** A report as moderators see it. */
export const Report = Type.Object(
  {
    id: Id,
    reporterId: Id,
    subject: Type.String(),
    path: Type.String(),
    reason: ReasonName,
    text: Type.String(),
    state: Type.String(),
    createdAt: Type.String({ description: 'ISO 8601, UTC' }),
    decidedAt: Type.Union([Type.String(), Type.Null()]),
    decidedBy: Type.Union([Type.String(), Type.Null()]),
    note: Type.String(),
  },
  closed,
)
export type Report = Static<typeof Report>

export const ReportList = Type.Object(
  { items: Type.Array(Report), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
)

declare global {
  interface QuarkCalls {
    /** How many reports wait for a moderator. */
    'moderation.open-count': { input: Record<string, never>; output: number }
  }
}
