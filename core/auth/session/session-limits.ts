import type { Role } from '../../port/requests.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const IDLE_MS = 30 * DAY_MS
/** Who can change everything for everyone is asked again each day. */
const PRIVILEGED_IDLE_MS = 12 * HOUR_MS

/** A session ends then, however much it is used. */
export const ABSOLUTE_MS = 90 * DAY_MS

/** A session ends when it is not used for so long. */
export function idleMs(role: Role): number {
  return role === 'owner' || role === 'admin' ? PRIVILEGED_IDLE_MS : IDLE_MS
}
