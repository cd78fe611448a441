import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Locale } from '../port/requests.ts'
import { newId } from '../ids.ts'
import type { Letter, QueuedLetter } from './index.ts'

interface LetterTable {
  readonly id: string
  readonly recipient: string
  readonly locale: Locale
  readonly kind: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly unsubscribe_url: string | null
  readonly link: string | null
  readonly state: QueuedLetter['state']
  readonly attempts: number
  readonly next_at: string
  readonly error: string
  readonly created_at: string
}

interface MailTables {
  letters: LetterTable
}

/** A letter that this process may send until the lease ends. */
export interface Claimed {
  readonly letter: QueuedLetter
  /** Counting this one. */
  readonly attempt: number
}

/** Longer than the slowest attempt: after a crash somebody else takes the letter. */
const LEASE_MS = 2 * 60_000
const DAY_MS = 24 * 3600 * 1000
const MAX_SHOWN = 200

/** The table of letters. Each change is conditional, so that two processes share the work. */
export class LetterQueue {
  readonly #database: Database
  readonly #scope: Scope<MailTables>
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#scope = database.scope('')
    this.#clock = clock
  }

  async add(tx: OpenTransaction, letter: Letter, state: 'ready' | 'kept'): Promise<void> {
    const now = this.#clock.now().toISOString()
    const { to, locale, kind, subject, text, html, unsubscribeUrl, link } = letter
    await this.#scope
      .within(tx)
      .db.insertInto('letters')
      .values({
        id: newId(),
        recipient: to,
        locale,
        kind,
        subject,
        text,
        html,
        unsubscribe_url: unsubscribeUrl ?? null,
        link: link ?? null,
        state,
        attempts: 0,
        next_at: now,
        error: '',
        created_at: now,
      })
      .execute()
  }

  /** Takes up to `limit` letters that are due; nobody else has them for two minutes. */
  async claim(limit: number): Promise<Claimed[]> {
    const due = await this.#due(limit)
    if (due.length === 0) return []
    const nextAt = new Date(this.#clock.now().getTime() + LEASE_MS).toISOString()
    return this.#database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const claimed: Claimed[] = []
      for (const row of due) {
        const { numUpdatedRows } = await db
          .updateTable('letters')
          .set({ attempts: row.attempts + 1, next_at: nextAt })
          .where('id', '=', row.id)
          .where('state', '=', 'ready')
          .where('attempts', '=', row.attempts)
          .executeTakeFirst()
        if (numUpdatedRows === 1n) claimed.push({ letter: shown(row), attempt: row.attempts + 1 })
      }
      return claimed
    })
  }

  async sent({ letter, attempt }: Claimed): Promise<void> {
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.deleteFrom('letters')
        .where('id', '=', letter.id)
        .where('attempts', '=', attempt)
        .execute(),
    )
  }

  /** @param waitMs undefined: no further attempt makes sense. */
  async failed({ letter, attempt }: Claimed, error: string, waitMs?: number): Promise<void> {
    const nextAt = new Date(this.#clock.now().getTime() + (waitMs ?? 0)).toISOString()
    const state = waitMs === undefined ? 'dead' : 'ready'
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.updateTable('letters')
        .set({ state, error, next_at: nextAt })
        .where('id', '=', letter.id)
        .where('attempts', '=', attempt)
        .execute(),
    )
  }

  async retry(id: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await this.#scope
        .within(tx)
        .db.updateTable('letters')
        .set({ state: 'ready', attempts: 0, next_at: this.#clock.now().toISOString() })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  /** Forgets what will not be sent and is older. */
  async forget(days: number): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - days * DAY_MS)
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.deleteFrom('letters')
        .where('state', '!=', 'ready')
        .where('created_at', '<', before.toISOString())
        .execute(),
    )
  }

  async list(state?: QueuedLetter['state']): Promise<QueuedLetter[]> {
    let query = this.#scope.reader.selectFrom('letters').selectAll()
    if (state !== undefined) query = query.where('state', '=', state)
    const rows = await query.orderBy('id', 'desc').limit(MAX_SHOWN).execute()
    return rows.map(shown)
  }

  async find(id: string): Promise<QueuedLetter | null> {
    const row = await this.#scope.reader
      .selectFrom('letters')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? shown(row) : null
  }

  async #due(limit: number): Promise<LetterTable[]> {
    return this.#scope.reader
      .selectFrom('letters')
      .selectAll()
      .where('state', '=', 'ready')
      .where('next_at', '<=', this.#clock.now().toISOString())
      .orderBy('next_at')
      .limit(limit)
      .execute()
  }
}

function shown(row: LetterTable): QueuedLetter {
  return {
    id: row.id,
    to: row.recipient,
    locale: row.locale,
    kind: row.kind,
    subject: row.subject,
    text: row.text,
    html: row.html,
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    createdAt: row.created_at,
    nextAt: row.next_at,
    ...(row.unsubscribe_url === null ? {} : { unsubscribeUrl: row.unsubscribe_url }),
    ...(row.link === null ? {} : { link: row.link }),
  }
}
