/** Why somebody reports something. */
export const REASONS = ['spam', 'abuse', 'violence', 'privacy', 'copyright', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** `accepted`: a moderator has acted on it; `dismissed`: there was nothing to act on. */
export const DECISIONS = ['accepted', 'dismissed'] as const
export type Decision = (typeof DECISIONS)[number]

export interface ReportTable {
  readonly id: string
  readonly reporter_id: string
  /** What it is about, as `noun/id`. */
  readonly subject: string
  /** The page on which it was seen: a path of this station. */
  readonly path: string
  readonly reason: Reason
  /** What the reporter adds; '' for nothing. */
  readonly text: string
  readonly state: 'open' | Decision
  /** ISO 8601, UTC */
  readonly created_at: string
  readonly decided_at: string | null
  readonly decided_by: string | null
  /** What the moderator adds for the others; '' for nothing. */
  readonly note: string
}

export interface ModerationTables {
  moderation_reports: ReportTable
}
