import { createHmac } from 'node:crypto'
import type { AuditTable } from './tables.ts'

/** What a row says; its seal is made of this and of the seal before it. */
export type Sealable = Omit<AuditTable, 'seal'>

/** The seal before the first row of all. */
export const FIRST_SEAL = ''

/**
 * HMAC-SHA-256 over the seal before and every column, as one JSON list, so that no two rows make
 * the same text. Who can write to the database, but has not read the station's secrets, can make
 * no row that fits and change none unnoticed.
 */
export function sealOf(key: Buffer, previous: string, row: Sealable): string {
  const told = JSON.stringify([
    previous,
    row.seq,
    row.at,
    row.action,
    row.outcome,
    row.actor_id,
    row.subject,
    row.ip,
    row.session_id,
    row.before,
    row.after,
    row.removed_through,
    row.removed_seal,
  ])
  return createHmac('sha256', key).update(told).digest('base64url')
}
