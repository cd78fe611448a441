import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { NotificationTables } from '../tables.ts'

/** One notification on its way to one place outside; held until the lease ends. */
export interface Errand {
  readonly id: string
  readonly channel: 'push' | 'mail'
  /** Counting this one. */
  readonly attempt: number
  /** Ids of the browsers that an earlier attempt could not reach; null: none was tried. */
  readonly browsers: readonly string[] | null
}

/** Longer than the slowest attempt: after a crash somebody else takes the errand. */
const LEASE_MS = 2 * 60_000

/** The queue of what leaves the station. Each change is conditional, as in the letter queue. */
export class Errands {
  readonly #database: Database
  readonly #scope: Scope<NotificationTables>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#scope = database.scope('')
    this.#clock = clock
  }

  /** One that waits already stays as it is; one that is on its way is done once more. */
  async add(
    tx: OpenTransaction,
    id: string,
    channel: Errand['channel'],
    delayMs: number,
  ): Promise<void> {
    const due_at = this.#at(delayMs)
    await this.#scope
      .within(tx)
      .db.insertInto('notification_errands')
      .values({ notification_id: id, channel, attempts: 0, due_at, browsers: null })
      .onConflict((conflict) =>
        conflict
          .columns(['notification_id', 'channel'])
          .doUpdateSet({ attempts: 0, due_at, browsers: null })
          .where('notification_errands.attempts', '>', 0),
      )
      .execute()
  }

  async claim(limit: number): Promise<Errand[]> {
    const due = await this.#scope.reader
      .selectFrom('notification_errands')
      .selectAll()
      .where('due_at', '<=', this.#at(0))
      .orderBy('due_at')
      .limit(limit)
      .execute()
    if (due.length === 0) return []
    return this.#database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const claimed: Errand[] = []
      for (const { notification_id: id, channel, attempts, browsers } of due) {
        const { numUpdatedRows } = await db
          .updateTable('notification_errands')
          .set({ attempts: attempts + 1, due_at: this.#at(LEASE_MS) })
          .where('notification_id', '=', id)
          .where('channel', '=', channel)
          .where('attempts', '=', attempts)
          .executeTakeFirst()
        if (numUpdatedRows !== 1n) continue
        const left = browsers === null ? null : (JSON.parse(browsers) as string[])
        claimed.push({ id, channel, attempt: attempts + 1, browsers: left })
      }
      return claimed
    })
  }

  /** @returns false when somebody else has it meanwhile: then its effects must not be committed. */
  async done(tx: OpenTransaction, { id, channel, attempt }: Errand): Promise<boolean> {
    const { numDeletedRows } = await this.#scope
      .within(tx)
      .db.deleteFrom('notification_errands')
      .where('notification_id', '=', id)
      .where('channel', '=', channel)
      .where('attempts', '=', attempt)
      .executeTakeFirst()
    return numDeletedRows === 1n
  }

  /** @param browsers those that are still to be reached. */
  async putOff(
    { id, channel, attempt }: Errand,
    waitMs: number,
    browsers: readonly string[] | null,
  ): Promise<void> {
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.updateTable('notification_errands')
        .set({ due_at: this.#at(waitMs), browsers: browsers && JSON.stringify(browsers) })
        .where('notification_id', '=', id)
        .where('channel', '=', channel)
        .where('attempts', '=', attempt)
        .execute(),
    )
  }

  #at(delayMs: number): string {
    return new Date(this.#clock.now().getTime() + delayMs).toISOString()
  }
}
