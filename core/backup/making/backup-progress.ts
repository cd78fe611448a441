/** How far the making of a backup is. */
export interface BackupProgress {
  readonly step: 'database' | 'files'
  /** Bytes, or rows of a PostgreSQL database. */
  readonly done: number
  /** Null where it is not known beforehand. */
  readonly total: number | null
}
