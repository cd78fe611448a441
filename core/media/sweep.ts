import type { Database, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { MediaDriver } from './storage/driver.ts'
import { keyOf, ORIGINAL, originalAt } from './storage/keys.ts'
import { giveRoomBack } from './records/quota.ts'
import type { Staging } from './storage/staging.ts'
import type { MediaTables } from './tables.ts'

const DAY_MS = 24 * 3_600_000
/** Pictures removed in one transaction. */
const BATCH = 100

export interface Swept {
  /** Pictures that nothing has used for a day. */
  readonly pictures: number
  /** Files without a picture. */
  readonly files: number
  /** Uploads that a crash has left half-way. */
  readonly uploads: number
}

export interface SweepServices {
  readonly database: Database
  readonly driver: MediaDriver
  readonly staging: Staging
  readonly clock: Clock
}

/** Removes what nothing refers to any more, each kind a day after it was last touched. */
export class Sweep {
  readonly #services: SweepServices
  readonly #scope: Scope<MediaTables>

  constructor(services: SweepServices) {
    this.#services = services
    this.#scope = services.database.scope<MediaTables>('')
  }

  async run(): Promise<Swept> {
    const before = new Date(this.#services.clock.now().getTime() - DAY_MS)
    const pictures = await this.#removeUnused(before)
    return {
      pictures,
      files: await this.#removeOrphans(before),
      uploads: await this.#services.staging.sweep(before),
    }
  }

  /** Rows go first: a picture without its files would be an address that fails. */
  async #removeUnused(before: Date): Promise<number> {
    let removed = 0
    for (;;) {
      const rows = await this.#scope.reader
        .selectFrom('media')
        .select('id')
        .where('unused_since', '<', before.toISOString())
        .limit(BATCH)
        .execute()
      if (rows.length === 0) return removed
      for (const { id } of rows) if (await this.remove(id, before)) removed++
    }
  }

  /**
   * Removes one picture with its files and gives its room back.
   *
   * @param unusedBefore only when nothing has used it since; else in any case.
   */
  async remove(id: string, unusedBefore?: Date): Promise<boolean> {
    const files = await this.#services.database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const gone = await db
        .deleteFrom('media')
        .where('id', '=', id)
        .$if(unusedBefore !== undefined, (query) =>
          query.where('unused_since', '<', unusedBefore?.toISOString() ?? ''),
        )
        .returning(['owner_id', 'bytes'])
        .executeTakeFirst()
      if (!gone) return undefined
      await giveRoomBack(db, gone.owner_id, gone.bytes)
      await db.deleteFrom('media_uses').where('media_id', '=', id).execute()
      const variants = await db
        .deleteFrom('media_variants')
        .where('media_id', '=', id)
        .returning('file')
        .execute()
      return variants.map(({ file }) => file)
    })
    if (!files) return false
    for (const file of [...files, keyOf(id, ORIGINAL)]) await this.#deleteUnlessShared(file)
    return true
  }

  async #removeOrphans(before: Date): Promise<number> {
    let removed = 0
    for await (const { key, modifiedAt } of this.#services.driver.list('')) {
      if (modifiedAt >= before || (await this.#isOwned(key))) continue
      await this.#services.driver.delete(key)
      removed++
    }
    return removed
  }

  /** An upload itself has no row of its own: it lives as long as its picture. */
  async #isOwned(key: string): Promise<boolean> {
    const id = originalAt(key)
    if (id !== undefined) {
      const row = await this.#scope.reader
        .selectFrom('media')
        .select('id')
        .where('id', '=', id)
        .executeTakeFirst()
      return row !== undefined
    }
    const row = await this.#scope.reader
      .selectFrom('media_variants')
      .select('file')
      .where('file', '=', key)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Files of an earlier version lie under their hash and may belong to several pictures. */
  async #deleteUnlessShared(key: string): Promise<void> {
    if (!(await this.#isOwned(key))) await this.#services.driver.delete(key)
  }
}
