/** What one person has decided about another. */
export const KINDS = ['follow', 'mute', 'block'] as const
export type Kind = (typeof KINDS)[number]

export interface RelationTable {
  /** Who decided. */
  readonly user_id: string
  /** About whom. */
  readonly target_id: string
  readonly kind: Kind
  /** ISO 8601, UTC */
  readonly created_at: string
}

export interface RelationTables {
  relations_edges: RelationTable
}
