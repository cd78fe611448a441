import type { AuditDesk } from './audit-desk.ts'
import type { People } from './people.ts'

export type { AuditRecord } from '../audit/index.ts'
export type { AuditDesk } from './audit-desk.ts'
export type { People, PeoplePage, Person, PersonSession } from './people.ts'

/**
 * What staff do with the station, for modules of the level `core` with the permission
 * `administration`. Plain JSON in and out, always asynchronous. Who acts is told to every change:
 * the rules of rank are part of the statement that makes it, and the audit log gets a row, also of
 * what was refused.
 */
export interface Administration {
  readonly people: People
  readonly audit: AuditDesk
}
