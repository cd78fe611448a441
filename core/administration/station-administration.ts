import type { AuditLog } from '../audit/audit-log.ts'
import type { EventSchemas } from '../events/schemas.ts'
import type { Figures } from '../figures/index.ts'
import type { ModuleState } from '../module-loader/loader.ts'
import { AuditReading } from './audit-desk.ts'
import { EventReading } from './event-desk.ts'
import { UserBlocked, UserUnblocked } from './events.ts'
import { type HealthParts, HealthWatch } from './health.ts'
import type { Administration } from './index.ts'
import { InvitationReading } from './invitation-desk.ts'
import { type LimitParts, LimitReading } from './limits.ts'
import { PeopleDesk, type PeopleParts } from './people-desk.ts'
import { SettingGroups, type SettingsParts } from './settings-desk.ts'

export interface AdministrationParts extends PeopleParts, SettingsParts, HealthParts, LimitParts {
  readonly audit: AuditLog
  readonly schemas: EventSchemas
  readonly figures: Figures
  /** As they are at each moment. */
  readonly modules: () => readonly ModuleState[]
}

/** Opens every desk. Nothing runs, and no table is touched. */
export function openAdministration(parts: AdministrationParts): Administration {
  parts.schemas.define('user.blocked', 'core', UserBlocked)
  parts.schemas.define('user.unblocked', 'core', UserUnblocked)
  return {
    people: new PeopleDesk(parts),
    invitations: new InvitationReading(parts),
    settings: new SettingGroups(parts, parts.modules),
    audit: new AuditReading(parts.audit),
    events: new EventReading(parts),
    figures: parts.figures,
    health: new HealthWatch(parts, parts.modules),
    limits: new LimitReading(parts),
  }
}
