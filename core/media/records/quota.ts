import type { Transaction } from '../../../db/index.ts'
import { mediaErrors } from '../errors.ts'
import type { MediaTables } from '../tables.ts'

const MIB = 1024 * 1024

/** How much one person may keep, counted by the uploads themselves. */
export interface Quota {
  readonly bytes: number
  readonly files: number
}

type Tables = Transaction<MediaTables>['db']

/**
 * Takes room for one file, or refuses. One conditional statement, so that of many uploads that want
 * the last byte one gets it.
 *
 * @throws QL_MEDIA_QUOTA
 */
export async function takeRoom(
  db: Tables,
  ownerId: string,
  bytes: number,
  quota: Quota,
): Promise<void> {
  await db
    .insertInto('media_usage')
    .values({ owner_id: ownerId, bytes: 0, files: 0 })
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute()
  const { numUpdatedRows } = await db
    .updateTable('media_usage')
    .set((row) => ({ bytes: row('bytes', '+', bytes), files: row('files', '+', 1) }))
    .where('owner_id', '=', ownerId)
    .where('bytes', '<=', quota.bytes - bytes)
    .where('files', '<', quota.files)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw overQuota(quota)
}

export async function giveRoomBack(db: Tables, ownerId: string, bytes: number): Promise<void> {
  await db
    .updateTable('media_usage')
    .set((row) => ({ bytes: row('bytes', '-', bytes), files: row('files', '-', 1) }))
    .where('owner_id', '=', ownerId)
    .execute()
}

/** Spares the work on a picture that cannot be kept; {@link takeRoom} decides. */
export async function requireRoom(
  db: Tables,
  ownerId: string,
  bytes: number,
  quota: Quota,
): Promise<void> {
  const usage = await db
    .selectFrom('media_usage')
    .select(['bytes', 'files'])
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
  const isFull = (usage?.bytes ?? 0) + bytes > quota.bytes || (usage?.files ?? 0) >= quota.files
  if (isFull) throw overQuota(quota)
}

/** How much of their place somebody has taken. */
export interface Usage extends Quota {
  readonly max: Quota
}

export async function usageOf(db: Tables, ownerId: string, max: Quota): Promise<Usage> {
  const usage = await db
    .selectFrom('media_usage')
    .select(['bytes', 'files'])
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
  return { bytes: usage?.bytes ?? 0, files: usage?.files ?? 0, max }
}

function overQuota({ bytes }: Quota) {
  return mediaErrors.QL_MEDIA_QUOTA({ values: { max: Math.floor(bytes / MIB) } })
}
