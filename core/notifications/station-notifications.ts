import type { Database, OpenTransaction } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Locale } from '../port/requests.ts'
import type { Calls } from '../calls/calls.ts'
import { coreErrors } from '../errors.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import { Choices } from './choices.ts'
import { Errands } from './outside/errands.ts'
import { Inbox, type ReadMark, type Wanted } from './inbox.ts'
import type {
  ChannelChoice,
  LiveUpdates,
  OwnNotification,
  NotificationLine,
  Notifications,
} from './index.ts'
import { type Kind, Kinds } from './kinds.ts'
import { lineOf } from './line.ts'
import { peopleOf } from './people.ts'

export interface NotificationParts {
  readonly database: Database
  readonly clock: Clock
  readonly calls: Calls
  readonly catalogue: Catalogue
  /** Absent: open pages hear with their next request. */
  readonly live?: LiveUpdates
}

export interface NotificationList {
  readonly items: readonly NotificationLine[]
  readonly nextCursor: string | null
  /** Of all lines, at most 100. */
  readonly unread: number
}

/** Somebody who comes back within this time needs no push. */
const PUSH_GRACE_MS = 5_000
const MAIL_GRACE_MS = 60_000
const PATH = /^\/(?![/\\])[^\\\p{Cc}]{0,500}$/u
const CURSOR = /^([0-9T:.-]+Z)_([0-9a-f-]{36})$/

/** What people are told, within the station; the courier takes it outside. */
export class StationNotifications implements Notifications {
  readonly kinds = new Kinds()
  readonly choices: Choices
  readonly inbox: Inbox
  readonly errands: Errands
  readonly #parts: NotificationParts
  readonly #listeners = new Set<() => void>()

  constructor(parts: NotificationParts) {
    const { database, clock } = parts
    this.#parts = parts
    this.choices = new Choices(database, this.kinds)
    this.inbox = new Inbox(database, clock)
    this.errands = new Errands(database, clock)
  }

  /** Hears after each commit that something has to leave the station. */
  onErrand(listener: () => void): void {
    this.#listeners.add(listener)
  }

  async notify(tx: OpenTransaction, userId: string, notification: OwnNotification): Promise<void> {
    const kind = this.kinds.find(notification.kind)
    if (!kind) throw new Error(`${notification.kind} is no kind of notification`)
    if (!PATH.test(notification.url)) throw new Error(`${notification.url} is no path`)
    if (notification.actorId === userId) return
    const chosen = await this.choices.within(tx, userId, kind)
    const choice = notification.hasLetter ? { ...chosen, mail: false } : chosen
    if (!choice.inApp && !choice.push && !choice.mail) return
    const isEverListed = kind.channels?.includes('inApp') ?? true
    const place = { isListed: choice.inApp, isEverListed }
    const { id, isNew } = await this.inbox.add(tx, userId, notification, place)
    await this.#send(tx, { id, isNew }, kind, choice)
    if (choice.inApp) await this.#tell(tx, userId, 'notification', { id, kind: kind.id })
    tx.onCommit(() => {
      for (const listener of this.#listeners) listener()
    })
  }

  async withdraw(tx: OpenTransaction, subject: string): Promise<void> {
    for (const userId of await this.inbox.removeSubject(tx, subject)) {
      await this.#tell(tx, userId, 'notification-read', { ids: [] })
    }
  }

  /** @returns how many are unread now. */
  markRead(userId: string, mark: ReadMark): Promise<number> {
    return this.#parts.database.transaction(async (tx) => {
      const changed = await this.inbox.markRead(tx, userId, mark)
      if (changed > 0) await this.#tell(tx, userId, 'notification-read', { ...mark })
      return this.inbox.unread(userId, tx)
    })
  }

  /** Takes it back. @returns how many are unread now. */
  markUnread(userId: string, ids: readonly string[]): Promise<number> {
    return this.#parts.database.transaction(async (tx) => {
      const changed = await this.inbox.markUnread(tx, userId, ids)
      if (changed > 0) await this.#tell(tx, userId, 'notification-unread', { ids })
      return this.inbox.unread(userId, tx)
    })
  }

  unread(userId: string): Promise<number> {
    return this.inbox.unread(userId)
  }

  /** @throws QL_VALIDATION for a cursor that is none of ours. */
  async list(
    userId: string,
    locale: Locale,
    wanted: Omit<Wanted, 'after'> & { readonly cursor?: string | undefined },
  ): Promise<NotificationList> {
    const { cursor, limit, ...filters } = wanted
    const after = cursor === undefined ? {} : { after: placeOf(cursor) }
    const [rows, unread] = await Promise.all([
      this.inbox.list(userId, { ...filters, ...after, limit: limit + 1 }),
      this.inbox.unread(userId),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const people = await peopleOf(
      this.#parts.calls,
      shown.map((row) => row.actor_id),
    )
    const t = this.#parts.catalogue.translator(locale)
    const reader = { t, locale, kinds: this.kinds, people }
    return {
      items: shown.map((row) => lineOf(row, reader)),
      nextCursor: last ? `${last.at}_${last.id}` : null,
      unread,
    }
  }

  async #send(
    tx: OpenTransaction,
    { id, isNew }: { id: string; isNew: boolean },
    kind: Kind,
    choice: ChannelChoice,
  ): Promise<void> {
    if (choice.push) await this.errands.add(tx, id, 'push', PUSH_GRACE_MS)
    /* A line that only grows was mailed when it began. */
    if (!choice.mail || !isNew) return
    await this.errands.add(tx, id, 'mail', kind.isMandatory ? 0 : MAIL_GRACE_MS)
  }

  /** Says the new number itself, so that hearing it twice or late does no harm. */
  async #tell(
    tx: OpenTransaction,
    userId: string,
    type: 'notification' | 'notification-read' | 'notification-unread',
    data: Readonly<Record<string, string | boolean | readonly string[]>>,
  ): Promise<void> {
    if (!this.#parts.live) return
    const unread = await this.inbox.unread(userId, tx)
    await this.#parts.live.push(tx, userId, type, { ...data, unread })
  }
}

function placeOf(cursor: string): { at: string; id: string } {
  const [, at, id] = CURSOR.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw coreErrors.QL_VALIDATION()
  return { at, id }
}
