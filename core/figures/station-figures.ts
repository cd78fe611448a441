import type { Database, OpenTransaction, Scope } from '../../db/index.ts'
import type { Clock, Log } from '../app.ts'
import type { Bus } from '../events/bus.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { FigurePoint, Figures } from './index.ts'
import type { FigureTables } from './tables.ts'

export interface FigureParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly bus: Pick<Bus, 'tail' | 'lag'>
  readonly metrics: { readonly totals: Totals }
}

/** Of this process, since its start. */
export interface Totals {
  readonly requests: number
  readonly errors: number
}

const HOUR_LENGTH = 'yyyy-mm-ddThh'.length
const DAY_LENGTH = 'yyyy-mm-dd'.length
const FLUSH_MS = 60_000
const BATCH = 1_000
const KEPT_MS = 400 * 86_400_000

const ADD = `insert into figures (name, at, value) values (?, ?, ?)
  on conflict (name, at) do update set value = figures.value + excluded.value`
const SET = `insert into figures (name, at, value) values (?, ?, ?)
  on conflict (name, at) do update set value = excluded.value`
const RAISE = `insert into figures (name, at, value) values (?, ?, ?)
  on conflict (name, at) do update set value = excluded.value
  where excluded.value > figures.value`
const MARK = `insert into figure_marks (name, seq) values ('events', ?)
  on conflict (name) do update set seq = excluded.seq`
const SEEN = `select count(distinct user_id) as count from sessions where rotated_at >= ?`

/**
 * Events are counted from their log once a minute by one node, so that nothing is counted twice or
 * forgotten, whichever node it happened on and however often that one falls; requests by each node
 * for itself. Nothing is written on the way of a request.
 */
export class StationFigures implements Figures {
  readonly #parts: FigureParts
  readonly #tables: Scope<FigureTables>
  #flushed: Totals = { requests: 0, errors: 0 }
  #timer: NodeJS.Timeout | undefined

  constructor(parts: FigureParts) {
    this.#parts = parts
    this.#tables = parts.database.scope('')
  }

  async start(scheduler: Pick<Scheduler, 'add'>): Promise<void> {
    await scheduler.add('core/figures', '* * * * *', () => this.count())
    await scheduler.add('core/figures-trim', '29 3 * * *', () => this.trim())
    this.#timer = setInterval(() => void this.#flush(), FLUSH_MS).unref()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#flush()
  }

  hours(names: readonly string[], from: Date): Promise<readonly FigurePoint[]> {
    return this.#read(names, from.toISOString().slice(0, HOUR_LENGTH))
  }

  days(names: readonly string[], from: Date): Promise<readonly FigurePoint[]> {
    return this.#read(names, from.toISOString().slice(0, DAY_LENGTH))
  }

  /** Counts what the log of events has gained, who is here, and how much waits. */
  async count(): Promise<void> {
    let isMore = true
    while (isMore) isMore = await this.#countBatch()
    const now = this.#parts.clock.now().toISOString()
    const [hour, day] = [now.slice(0, HOUR_LENGTH), now.slice(0, DAY_LENGTH)]
    const people = await Promise.all([hour, day].map((since) => this.#seenSince(since)))
    const lag = await this.#parts.bus.lag()
    const behind = lag.reduce((all, consumer) => all + consumer.behind, 0)
    await this.#parts.database.transaction(async ({ session }) => {
      await session.run(SET, ['people', hour, people[0] ?? 0])
      await session.run(SET, ['people', day, people[1] ?? 0])
      if (behind > 0) await session.run(RAISE, ['events.behind', hour, behind])
    })
  }

  async trim(): Promise<void> {
    const oldest = new Date(this.#parts.clock.now().getTime() - KEPT_MS).toISOString()
    await this.#parts.database.transaction(async (tx) => {
      const { db } = this.#tables.within(tx)
      await db.deleteFrom('figures').where('at', '<', oldest.slice(0, DAY_LENGTH)).execute()
    })
  }

  /** What stands in the log and the mark that it is counted are committed together. */
  async #countBatch(): Promise<boolean> {
    const mark = await this.#mark()
    const lines = await this.#parts.bus.tail(mark, BATCH)
    const last = lines.at(-1)
    if (!last) return false
    const counts = new Map<string, number>()
    for (const { event } of lines) {
      const key = `${event.type} ${event.time.slice(0, HOUR_LENGTH)}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    await this.#parts.database.transaction(async (tx) => {
      for (const [key, count] of counts) {
        const [type = '', at = ''] = key.split(' ')
        await tx.session.run(ADD, [`event:${type}`, at, count])
      }
      await this.#moveMark(tx, last.seq)
    })
    return lines.length === BATCH
  }

  async #moveMark(tx: OpenTransaction, seq: number): Promise<void> {
    await tx.session.run(MARK, [seq])
  }

  async #mark(): Promise<number> {
    const row = await this.#tables.reader
      .selectFrom('figure_marks')
      .select('seq')
      .where('name', '=', 'events')
      .executeTakeFirst()
    return row?.seq ?? 0
  }

  async #seenSince(since: string): Promise<number> {
    const [row] = await this.#parts.database.reader.all(SEEN, [since])
    return Number(row?.['count'] ?? 0)
  }

  async #flush(): Promise<void> {
    const { requests, errors } = this.#parts.metrics.totals
    const grown = {
      requests: requests - this.#flushed.requests,
      errors: errors - this.#flushed.errors,
    }
    if (grown.requests === 0) return
    this.#flushed = { requests, errors }
    const at = this.#parts.clock.now().toISOString().slice(0, HOUR_LENGTH)
    try {
      await this.#parts.database.transaction(async ({ session }) => {
        await session.run(ADD, ['http.requests', at, grown.requests])
        if (grown.errors > 0) await session.run(ADD, ['http.errors', at, grown.errors])
      })
    } catch (error) {
      this.#parts.log.warn('Requests could not be counted', { error: String(error) })
    }
  }

  async #read(names: readonly string[], from: string): Promise<readonly FigurePoint[]> {
    const rows = await this.#tables.reader
      .selectFrom('figures')
      .selectAll()
      .where('name', 'in', names)
      .where('at', '>=', from)
      .orderBy('at')
      .execute()
    return rows
      .filter(({ at }) => at.length === from.length)
      .map(({ name, at, value }) => ({ name, at, value }))
  }
}
