import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import { newId } from '../ids.ts'
import { addActor, removeDeed } from './actors.ts'
import type { NewNotification } from './index.ts'
import type { NotificationTable, NotificationTables } from './tables.ts'

/** More than this is shown as `99+`; counting stops there. */
export const MAX_UNREAD_SHOWN = 100
const MAX_TEXT = 300

/** Which lines; all of a person's when nothing is said. */
export interface Wanted {
  readonly kinds?: readonly string[]
  readonly unreadOnly?: boolean
  readonly after?: { readonly at: string; readonly id: string }
  readonly limit: number
}

/** Which lines were read. */
export type ReadMark =
  | { readonly ids: readonly string[] }
  | { readonly all: true }
  /** ISO 8601: what stood there at that moment. */
  | { readonly before: string }

/**
 * People's lists. What is unread is counted, never kept: a number that is not written down cannot
 * drift. An index holds the unread rows alone, so counting costs as much as there is to read.
 */
export class Inbox {
  readonly #scope: Scope<NotificationTables>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#scope = database.scope('')
    this.#clock = clock
  }

  /**
   * Adds a line, or changes the unread one it folds into.
   *
   * @returns its id, and whether it is a new one.
   */
  async add(
    tx: OpenTransaction,
    userId: string,
    notification: NewNotification,
    { isListed, isEverListed }: { readonly isListed: boolean; readonly isEverListed: boolean },
  ): Promise<{ id: string; isNew: boolean }> {
    const values = this.#valuesOf(notification)
    const known = await this.#unreadFold(tx, userId, notification)
    const id = known ?? newId()
    const { db } = this.#scope.within(tx)
    if (known === undefined) {
      const fixed = { id, user_id: userId, kind: notification.kind, actors: 0 }
      await db
        .insertInto('notifications')
        .values({
          ...values,
          ...fixed,
          fold: notification.fold ?? null,
          is_listed: Number(isListed),
          /* Nobody can read what they keep out of their list. What never stands there is unread
             until it is withdrawn. */
          read_at: isListed || !isEverListed ? null : values.at,
        })
        .execute()
    } else await db.updateTable('notifications').set(values).where('id', '=', id).execute()
    const { actorId } = notification
    if (actorId !== undefined)
      await addActor(db, id, { userId: actorId, subject: values.subject, at: values.at })
    return { id, isNew: known === undefined }
  }

  async list(userId: string, wanted: Wanted): Promise<NotificationTable[]> {
    const { kinds, unreadOnly, after, limit } = wanted
    let query = this.#scope.reader
      .selectFrom('notifications')
      .selectAll()
      .where('user_id', '=', userId)
      .where('is_listed', '=', 1)
    if (kinds) query = query.where('kind', 'in', kinds.length === 0 ? [''] : kinds)
    if (unreadOnly === true) query = query.where('read_at', 'is', null)
    if (after) {
      query = query.where((where) =>
        where.or([
          where('at', '<', after.at),
          where.and([where('at', '=', after.at), where('id', '<', after.id)]),
        ]),
      )
    }
    return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  }

  async find(userId: string, id: string): Promise<NotificationTable | undefined> {
    return this.#scope.reader
      .selectFrom('notifications')
      .selectAll()
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .executeTakeFirst()
  }

  /** For whoever takes it outside. */
  async byId(id: string): Promise<NotificationTable | undefined> {
    return this.#scope.reader
      .selectFrom('notifications')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
  }

  /** At most {@link MAX_UNREAD_SHOWN}. */
  async unread(userId: string, tx?: OpenTransaction): Promise<number> {
    const from = tx ? this.#scope.within(tx).db : this.#scope.reader
    const rows = await from
      .selectFrom('notifications')
      .select('id')
      .where('user_id', '=', userId)
      .where('is_listed', '=', 1)
      .where('read_at', 'is', null)
      .limit(MAX_UNREAD_SHOWN)
      .execute()
    return rows.length
  }

  /** Tags of pushes that may go on standing on screens, the newest first. */
  async standing(userId: string, limit: number): Promise<string[]> {
    const rows = await this.#scope.reader
      .selectFrom('notifications')
      .select(['id', 'fold', 'teller'])
      .where('user_id', '=', userId)
      .where((where) => where.or([where('read_at', 'is', null), where('is_listed', '=', 0)]))
      .orderBy('at', 'desc')
      .limit(limit)
      .execute()
    return rows.map(tagOf)
  }

  /** Unread lines by kind, for filters. */
  async unreadByKind(userId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#scope.reader
      .selectFrom('notifications')
      .select(({ fn }) => ['kind', fn.countAll<string | number>().as('count')])
      .where('user_id', '=', userId)
      .where('is_listed', '=', 1)
      .where('read_at', 'is', null)
      .groupBy('kind')
      .execute()
    return new Map(rows.map(({ kind, count }) => [kind, Number(count)]))
  }

  /** @returns how many were unread until now. */
  async markRead(tx: OpenTransaction, userId: string, mark: ReadMark): Promise<number> {
    let query = this.#scope
      .within(tx)
      .db.updateTable('notifications')
      .set({ read_at: this.#clock.now().toISOString() })
      .where('user_id', '=', userId)
      .where('is_listed', '=', 1)
      .where('read_at', 'is', null)
    if ('ids' in mark) query = query.where('id', 'in', mark.ids.length === 0 ? [''] : mark.ids)
    if ('before' in mark) query = query.where('at', '<=', mark.before)
    const { numUpdatedRows } = await query.executeTakeFirst()
    return Number(numUpdatedRows)
  }

  /** @returns how many were read until now. */
  async markUnread(tx: OpenTransaction, userId: string, ids: readonly string[]): Promise<number> {
    const { numUpdatedRows } = await this.#scope
      .within(tx)
      .db.updateTable('notifications')
      .set({ read_at: null })
      .where('user_id', '=', userId)
      .where('is_listed', '=', 1)
      .where('read_at', 'is not', null)
      .where('id', 'in', ids.length === 0 ? [''] : [...ids])
      .executeTakeFirst()
    return Number(numUpdatedRows)
  }

  /**
   * Takes back what somebody has done. A line goes with the last one it tells of.
   *
   * @returns in whose lists an unread line has gone or changed.
   */
  async removeSubject(tx: OpenTransaction, subject: string): Promise<string[]> {
    const lines = await removeDeed(this.#scope.within(tx).db, subject)
    const told = lines.filter((line) => line.read_at === null && line.is_listed === 1)
    return [...new Set(told.map((line) => line.user_id))]
  }

  /** Forgets what was read, or went only outside, long ago. */
  async forget(tx: OpenTransaction, before: Date): Promise<void> {
    await this.#scope
      .within(tx)
      .db.deleteFrom('notifications')
      .where('at', '<', before.toISOString())
      .where((where) => where.or([where('read_at', 'is not', null), where('is_listed', '=', 0)]))
      .execute()
  }

  #valuesOf({ text, many, quote, url, actorId, subject, toldBy }: NewNotification) {
    return {
      text_ru: shortened(text.ru),
      text_en: shortened(text.en),
      many_ru: many ? shortened(many.ru) : null,
      many_en: many ? shortened(many.en) : null,
      quote: quote === undefined ? null : shortened(quote),
      url,
      subject: subject ?? null,
      actor_id: actorId ?? null,
      teller: toldBy ?? null,
      at: this.#clock.now().toISOString(),
    }
  }

  async #unreadFold(
    tx: OpenTransaction,
    userId: string,
    { kind, fold }: NewNotification,
  ): Promise<string | undefined> {
    if (fold === undefined) return undefined
    const row = await this.#scope
      .within(tx)
      .db.selectFrom('notifications')
      .select('id')
      .where('user_id', '=', userId)
      .where('kind', '=', kind)
      .where('fold', '=', fold)
      .where('read_at', 'is', null)
      .executeTakeFirst()
    return row?.id
  }
}

/** Names what a newer push of the same replaces on a screen. */
export function tagOf({ id, fold, teller }: Pick<NotificationTable, 'id' | 'fold' | 'teller'>) {
  return teller === null ? id : (fold ?? id)
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1).trimEnd()}…`
}
