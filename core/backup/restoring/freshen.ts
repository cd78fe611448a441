import type { Session } from '../../../db/index.ts'
import { renewEpoch } from '../../realtime/log/epoch.ts'
import type { DatabaseFacts } from '../manifest.ts'

/**
 * What a restored database must forget: open pages begin a new history, and every session ends,
 * because one that was ended after the backup would come back with it.
 *
 * @returns the new epoch; null where the backup is older than open pages are.
 */
export async function freshen(
  session: Session,
  { tables }: DatabaseFacts,
  now: Date,
): Promise<string | null> {
  if (tables['sessions'] !== undefined) {
    await session.run(
      `update sessions set ended_at = ?, end_reason = 'ended-by-staff' where ended_at is null`,
      [now.toISOString()],
    )
  }
  return tables['realtime_epoch'] === undefined ? null : renewEpoch({ session })
}
