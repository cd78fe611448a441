export type DatabaseFault =
  | 'unwritable'
  | 'too-old'
  | 'unreachable'
  | 'newer-schema'
  | 'changed-migration'
  | 'nested-transaction'
  | 'closed-transaction'
  | 'reader-in-transaction'

/** A database that cannot be used as asked; `detail` names the file, version or migration. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly fault: DatabaseFault
  readonly detail: string

  constructor(fault: DatabaseFault, detail: string, cause?: unknown) {
    super(`${fault}: ${detail}`, { cause })
    this.fault = fault
    this.detail = detail
  }
}
