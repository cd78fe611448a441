import { type Static, Type } from '#core'
import { type Deed, DEEDS } from './tables.ts'

const closed = { additionalProperties: false } as const

/** Once for each report; who made it is for moderators only and not in it. */
export const ReportCreated = Type.Object(
  { id: Type.String(), subject: Type.String(), path: Type.String(), reason: Type.String() },
  closed,
)

/**
 * Once for each report that a moderator has decided. Reports about the same thing share a decision;
 * what `deed` says is done at once, and `delete` for good when the decision can no longer be taken
 * back.
 */
export const ReportDecided = Type.Object(
  {
    id: Type.String(),
    subject: Type.String(),
    decision: Type.String(),
    decisionId: Type.Optional(Type.String()),
    deed: Type.Optional(Type.Unsafe<Deed>({ type: 'string', enum: [...DEEDS] })),
  },
  closed,
)

/** A decision was taken back by who had made it, within seconds. */
export const ReportReopened = Type.Object({ id: Type.String(), subject: Type.String() }, closed)

declare global {
  interface QuarkEvents {
    'report.created': Static<typeof ReportCreated>
    'report.decided': Static<typeof ReportDecided>
    'report.reopened': Static<typeof ReportReopened>
  }
}
