import type { Actor, App, ModuleDb, ModuleRequest } from '#core'
import type { ModerationTables } from './tables.ts'

/** Where reports are kept. */
export interface Desk {
  readonly app: App
  readonly db: ModuleDb<ModerationTables>
}

/** A section of the administration, for moderators as well. */
export const QUEUE_PATH = '/admin/content'

/** Reports of one person from one address. */
export const REPORT_LIMIT = { max: 20, windowS: 600 } as const

/** Who asks on a route whose policy has let no stranger through. */
export function actorOf({ actor }: Pick<ModuleRequest, 'actor'>): Actor {
  if (!actor) throw new Error('A route for members was reached by a stranger')
  return actor
}
