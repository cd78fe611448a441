import { statfs } from 'node:fs/promises'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { Bus } from '../events/bus.ts'
import type { PostOffice } from '../mail/index.ts'
import type { ModuleState } from '../module-loader/loader.ts'

/** A module that does not run, and why. */
export interface ModuleTrouble {
  readonly id: string
  readonly status: string
  readonly reason: string
}

/** How the station is doing at this moment. */
export interface HealthReport {
  /** What one question to the database took, in milliseconds; null when it does not answer. */
  readonly databaseMs: number | null
  readonly events: {
    /** Not done yet, over all consumers. */
    readonly behind: number
    readonly dead: number
  }
  readonly mail: {
    readonly isConfigured: boolean
    readonly waiting: number
    readonly dead: number
  }
  readonly modules: readonly ModuleTrouble[]
  readonly storage: {
    /** What people have uploaded. */
    readonly mediaBytes: number
    readonly databaseBytes: number
    /** Of the disk the data lie on; null where it cannot be asked. */
    readonly free: number | null
    readonly disk: number | null
  }
  /** Sign-ins that were refused or limited within the last 24 hours. */
  readonly refusedSignIns: number
}

export interface Health {
  report(): Promise<HealthReport>
}

export interface HealthParts {
  readonly database: Database
  readonly clock: Clock
  readonly bus: Bus
  readonly mail: PostOffice
  readonly config: Pick<Config, 'dataDir' | 'rateLimits'>
}

const DAY_MS = 86_400_000
const REFUSED = `select count(*) as count from audit_log
  where action in ('login.refused', 'login.limited') and at >= ?`
const MEDIA = `select coalesce(sum(bytes), 0) as bytes from media_usage`
const SQLITE_SIZE = `select page_count * page_size as bytes from pragma_page_count, pragma_page_size`
const POSTGRES_SIZE = `select pg_database_size(current_database()) as bytes`

export class HealthWatch implements Health {
  readonly #parts: HealthParts
  readonly #modules: () => readonly ModuleState[]

  constructor(parts: HealthParts, modules: () => readonly ModuleState[]) {
    this.#parts = parts
    this.#modules = modules
  }

  async report(): Promise<HealthReport> {
    const { bus, database, clock } = this.#parts
    const since = new Date(clock.now().getTime() - DAY_MS).toISOString()
    const size = database.dialect === 'sqlite' ? SQLITE_SIZE : POSTGRES_SIZE
    const [databaseMs, lag, mail, mediaBytes, databaseBytes, disk, refusedSignIns] =
      await Promise.all([
        this.#databaseMs(),
        bus.lag(),
        this.#mail(),
        this.#number(MEDIA),
        this.#number(size),
        this.#disk(),
        this.#number(REFUSED, since),
      ])
    const sum = (of: 'behind' | 'dead'): number => lag.reduce((all, row) => all + row[of], 0)
    return {
      databaseMs,
      events: { behind: sum('behind'), dead: sum('dead') },
      mail,
      modules: this.#troubles(),
      storage: { mediaBytes, databaseBytes, ...disk },
      refusedSignIns,
    }
  }

  async #databaseMs(): Promise<number | null> {
    const began = performance.now()
    try {
      await this.#parts.database.reader.all('select 1 as one')
      return Math.round(performance.now() - began)
    } catch {
      return null
    }
  }

  async #mail(): Promise<HealthReport['mail']> {
    const { mail } = this.#parts
    const [ready, dead] = await Promise.all([mail.letters('ready'), mail.letters('dead')])
    return { isConfigured: mail.isConfigured, waiting: ready.length, dead: dead.length }
  }

  /** Not every file system tells. */
  async #disk(): Promise<{ free: number | null; disk: number | null }> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.#parts.config.dataDir)
      return { free: bavail * bsize, disk: blocks * bsize }
    } catch {
      return { free: null, disk: null }
    }
  }

  async #number(sql: string, ...values: readonly string[]): Promise<number> {
    const [row] = await this.#parts.database.reader.all(sql, values)
    return Number(Object.values(row ?? {})[0] ?? 0)
  }

  #troubles(): readonly ModuleTrouble[] {
    return this.#modules().flatMap(({ id, status, reason = '' }) =>
      ['failed', 'quarantined', 'invalid'].includes(status) ? [{ id, status, reason }] : [],
    )
  }
}
