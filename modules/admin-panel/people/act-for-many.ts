import type { ActForMany } from '#core'
import { errors } from '../errors.ts'
import type { UserActs } from '../schema.ts'

/** @throws QL_ADMIN_ROLE_MISSING */
export function actFor({ act, role, reason, hides }: Omit<UserActs, 'ids'>): ActForMany {
  switch (act) {
    case 'role':
      if (role === undefined) throw errors.QL_ADMIN_ROLE_MISSING()
      return { kind: act, role }
    case 'block':
      return { kind: act, reason, hides }
    case 'unblock':
    case 'end-sessions':
      return { kind: act }
  }
}
