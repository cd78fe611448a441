import type { Figures } from '../figures/index.ts'
import type { AuditDesk } from './audit-desk.ts'
import type { EventDesk } from './event-desk.ts'
import type { Health } from './health.ts'
import type { LimitDesk } from './limits.ts'
import type { InvitationDesk } from './invitation-desk.ts'
import type { People } from './people.ts'
import type { SettingsDesk } from './settings-desk.ts'

export type { AuditRecord } from '../audit/index.ts'
export type { Invitation } from '../auth/links/invitations.ts'
export type { ConsumerLag, DeadLetter } from '../events/bus.ts'
export type { FigurePoint, Figures } from '../figures/index.ts'
export type { Words } from '../settings/wording.ts'
export type { HealthReport } from './health.ts'
export type { LimitsInForce } from './limits.ts'
export type {
  ActForMany,
  CountedColumn,
  Outcome,
  PeopleQuery,
  PeopleSort,
  Person,
  PersonSession,
  SeenWithin,
} from './people.ts'
export type { SettingGroup } from './settings-desk.ts'

/**
 * What staff do with the station, for modules of the level `core` with the permission
 * `administration`. Plain JSON in and out, always asynchronous. Who acts is told to every change:
 * the rules of rank are part of the statement that makes it, and the audit log gets a row, also of
 * what was refused.
 */
export interface Administration {
  readonly people: People
  readonly invitations: InvitationDesk
  readonly settings: SettingsDesk
  readonly audit: AuditDesk
  readonly events: EventDesk
  readonly figures: Figures
  readonly health: Health
  readonly limits: LimitDesk
}
