import type { Database, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import { mediaErrors } from '../errors.ts'
import type { MediaTables } from '../tables.ts'

/**
 * Who uses which picture. What nothing uses for a day is swept, so whoever refers to a picture says
 * so before the reference is committed, and takes it back afterwards.
 */
export class MediaUses {
  readonly #database: Database
  readonly #scope: Scope<MediaTables>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#scope = database.scope<MediaTables>('')
    this.#clock = clock
  }

  /**
   * Claims pictures, all or none; claiming again changes nothing but the guard.
   *
   * @param usedBy module and its own word: `blog:post/<id>`.
   * @param guard the call that says who may see what this use shows; null: everybody.
   * @throws QL_MEDIA_GONE when one of them is not kept any more.
   */
  async use(usedBy: string, ids: readonly string[], guard: string | null = null): Promise<void> {
    const wanted = [...new Set(ids)]
    if (wanted.length === 0) return
    await this.#database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const { numUpdatedRows } = await db
        .updateTable('media')
        .set({ unused_since: null })
        .where('id', 'in', wanted)
        .executeTakeFirst()
      if (Number(numUpdatedRows) < wanted.length) throw mediaErrors.QL_MEDIA_GONE()
      await db
        .insertInto('media_uses')
        .values(wanted.map((id) => ({ media_id: id, used_by: usedBy, guard })))
        .onConflict((conflict) => conflict.columns(['media_id', 'used_by']).doUpdateSet({ guard }))
        .execute()
      if (guard !== null) await guardPublic(db, wanted, guard)
    })
  }

  /** Takes claims back: of the given pictures, or all that `usedBy` has. */
  async release(usedBy: string, ids?: readonly string[]): Promise<void> {
    if (ids?.length === 0) return
    await this.#database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const gone = await db
        .deleteFrom('media_uses')
        .where('used_by', '=', usedBy)
        .$if(ids !== undefined, (query) => query.where('media_id', 'in', [...(ids ?? [])]))
        .returning('media_id')
        .execute()
      const released = gone.map(({ media_id }) => media_id)
      if (released.length === 0) return
      await db
        .updateTable('media')
        .set({ unused_since: this.#clock.now().toISOString() })
        .where('id', 'in', released)
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('media_uses')
                .select('used_by')
                .whereRef('media_uses.media_id', '=', 'media.id'),
            ),
          ),
        )
        .execute()
    })
  }
}

/** From now on its uses decide, and after the last one nobody but its owner sees it. */
async function guardPublic(
  db: Scope<MediaTables>['reader'],
  ids: readonly string[],
  guard: string,
): Promise<void> {
  await db
    .updateTable('media')
    .set({ guard })
    .where('id', 'in', ids)
    .where('visibility', '=', 'public')
    .where('guard', 'is', null)
    .execute()
}
