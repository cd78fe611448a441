import type { Database } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Outbox } from './outbox.ts'
import type { Turns } from './turns.ts'

/** What the consumers of one bus work with. */
export interface ConsumerParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
  /** Shared by the consumers of one bus; see `Retries.takeSuspect`. */
  readonly caution: Turns
  /** Runs something outside every request, whoever's commit has called. */
  readonly inOwnContext: <R>(work: () => R) => R
}
