/** Why somebody reports something. */
export const REASONS = ['spam', 'abuse', 'violence', 'privacy', 'copyright', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** `accepted`: a moderator has acted on it; `dismissed`: there was nothing to act on. */
export const DECISIONS = ['accepted', 'dismissed'] as const
export type Decision = (typeof DECISIONS)[number]

/** What a moderator does about a report; `acted`: something that no button here does. */
export const DEEDS = ['keep', 'hide', 'delete', 'acted'] as const
export type Deed = (typeof DEEDS)[number]

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
  /** null while it is open. */
  readonly decision_id: string | null
  readonly decided_at: string | null
  readonly decided_by: string | null
  /** What the moderator adds for the others; '' for nothing. */
  readonly note: string
}

/** One decision on all reports about the same thing that were open at that moment. */
export interface DecisionTable {
  readonly id: string
  readonly subject: string
  readonly deed: Deed
  /** Why, as its author is told. */
  readonly reason: Reason
  /** What the moderator adds for the author; '' for nothing. */
  readonly words: string
  /** For other moderators. */
  readonly note: string
  readonly decided_by: string
  readonly decided_at: string
  /** Whose it was; null where nobody with an account is known. */
  readonly author_id: string | null
  /** What was reported, as it was then. */
  readonly title: string
  readonly excerpt: string
  /** 1 when it was hidden before. */
  readonly was_hidden: 0 | 1
  /** When it was deleted for good. */
  readonly deleted_at: string | null
  /** When the decision was taken back, within seconds. */
  readonly undone_at: string | null
  /** When it was shown again, and by whom. */
  readonly restored_at: string | null
  readonly restored_by: string | null
  /** What the author answers; '' for nothing. */
  readonly answer: string
  readonly answered_at: string | null
  /** When a moderator has read the answer and left the decision as it is. */
  readonly upheld_at: string | null
  readonly upheld_by: string | null
}

export interface ModerationTables {
  moderation_reports: ReportTable
  moderation_decisions: DecisionTable
}
