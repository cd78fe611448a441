import type { Actor, App, ModuleDb, ModuleRequest, ModuleTransaction } from '#core'
import type { ModerationTables } from './tables.ts'

/** Where reports are kept. */
export interface Desk {
  readonly app: App
  readonly db: ModuleDb<ModerationTables>
}

export type Tx = ModuleTransaction<ModerationTables>
export type Reader = ModuleDb<ModerationTables>['reader']

/** A section of the administration, for moderators as well. */
export const QUEUE_PATH = '/admin/content'

/** Where an author reads what was decided, and answers. */
export function decisionPath(id: string): string {
  return `/decisions/${id}`
}

/** Reports of one person from one address. */
export const REPORT_LIMIT = { max: 20, windowS: 600 } as const

/** Who asks on a route whose policy has let no stranger through. */
export function actorOf({ actor }: Pick<ModuleRequest, 'actor'>): Actor {
  if (!actor) throw new Error('A route for members was reached by a stranger')
  return actor
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE'
}
