export interface AuditTable {
  readonly seq: number
  readonly at: string
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly actor_id: string | null
  readonly subject: string | null
  readonly ip: string | null
  readonly session_id: string | null
  /** JSON, exactly as it was sealed. */
  readonly before: string | null
  readonly after: string | null
  /** Set in a checkpoint: rows up to here were removed because their time was over. */
  readonly removed_through: number | null
  /** Set in a checkpoint: the seal of the last removed row. */
  readonly removed_seal: string | null
  readonly seal: string
}

export interface AuditTables {
  audit_log: AuditTable
}
