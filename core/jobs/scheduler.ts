import { Cron } from 'croner'
import type { Database, Scope } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { StationLog } from '../log/log.ts'

interface JobTables {
  jobs: { id: string; cron: string; next_at: string }
}

interface Job {
  readonly pattern: Cron
  readonly run: () => Promise<void>
}

const TICK_MS = 5_000

/**
 * Recurring jobs as rows: a run belongs to whoever moves `next_at` on, so that several nodes run
 * each job once, and a run missed while the station was down is made up for once.
 */
export class Scheduler {
  readonly #database: Database
  readonly #scope: Scope<JobTables>
  readonly #clock: Clock
  readonly #log: StationLog
  readonly #jobs = new Map<string, Job>()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(database: Database, clock: Clock, log: StationLog) {
    this.#database = database
    this.#scope = database.scope('')
    this.#clock = clock
    this.#log = log
  }

  /** @returns what to call to stop running it. @throws on an expression that is not cron. */
  async add(id: string, cron: string, run: () => Promise<void>): Promise<() => void> {
    /* UTC by its name would load the calendars of Intl, 5 MiB, for a station that nobody reads. */
    const pattern = new Cron(cron, { utcOffset: 0 })
    const row = { id, cron, next_at: this.#after(pattern) }
    await this.#database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      await db
        .insertInto('jobs')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ cron, next_at: row.next_at })
            .where('jobs.cron', '!=', cron),
        )
        .execute()
    })
    this.#jobs.set(id, { pattern, run })
    return () => void this.#jobs.delete(id)
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), TICK_MS)
    this.#timer.unref()
  }

  /** Runs what is due. Answers when it has ended. */
  tick(): Promise<void> {
    this.#running = this.#running.then(() => this.#runDue())
    return this.#running
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #runDue(): Promise<void> {
    const now = this.#clock.now().toISOString()
    const due = await this.#scope.reader
      .selectFrom('jobs')
      .selectAll()
      .where('next_at', '<=', now)
      .execute()
      .catch(() => [])
    for (const row of due) {
      const job = this.#jobs.get(row.id)
      if (!job || !(await this.#claim(row, job.pattern))) continue
      try {
        await job.run()
      } catch (error) {
        this.#log.error('A job failed; it runs again at its next time', { job: row.id, error })
      }
    }
  }

  async #claim(row: JobTables['jobs'], pattern: Cron): Promise<boolean> {
    const next_at = this.#after(pattern)
    return this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await this.#scope
        .within(tx)
        .db.updateTable('jobs')
        .set({ next_at })
        .where('id', '=', row.id)
        .where('next_at', '=', row.next_at)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  #after(pattern: Cron): string {
    const next = pattern.nextRun(this.#clock.now())
    if (!next) throw new Error(`The cron expression ${pattern.getPattern() ?? ''} never comes due`)
    return next.toISOString()
  }
}
