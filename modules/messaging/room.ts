import type { Actor, App } from '#core'
import { errors } from './errors.ts'
import type { People } from './people.ts'
import type { SteadyClock } from './log/steady-clock.ts'
import type { MessagingDb } from './tables.ts'

/** Where chats are kept, and who is who. */
export interface Room {
  readonly app: App
  readonly db: MessagingDb
  readonly people: People
  readonly clock: SteadyClock
}

/** Who asks where the policy has let no stranger through. */
export function actorOf({ actor }: { readonly actor: Actor | null }): Actor {
  if (!actor) throw errors.QL_MSG_NOT_FOUND()
  return actor
}

/** ISO 8601, UTC */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}
