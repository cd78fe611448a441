import type { AuditLog } from '../audit/audit-log.ts'
import type { EventSchemas } from '../events/schemas.ts'
import { AuditReading } from './audit-desk.ts'
import { UserBlocked } from './events.ts'
import type { Administration } from './index.ts'
import { PeopleDesk, type PeopleParts } from './people.ts'

export interface AdministrationParts extends PeopleParts {
  readonly audit: AuditLog
  readonly schemas: EventSchemas
}

/** Opens every desk. Nothing runs, and no table is touched. */
export function openAdministration(parts: AdministrationParts): Administration {
  parts.schemas.define('user.blocked', 'core', UserBlocked)
  return { people: new PeopleDesk(parts), audit: new AuditReading(parts.audit) }
}
