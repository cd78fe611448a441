import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, readConfig } from '../../config.ts'
import type { CloudEvent } from '../../core/port/events.ts'
import type { StationLog } from '../../core/log/log.ts'
import type { Boundary } from '../../core/module-loader/in-process.ts'
import type { OutboundWorld } from '../../core/outbound/outbound.ts'
import { buildStation, type Station } from '../../core/station.ts'
import { type Connections, openSqlite } from '../../db/index.ts'
import { FakeClock } from './clock.ts'
import { type DialectName, openMigratedConnections, openTestConnections } from './databases.ts'
import { Visitor } from './visitor.ts'

export interface TestStationOptions {
  readonly dialect: DialectName
  /** Folder of modules; the project's own by default. */
  readonly modulesDir?: string
  readonly config?: Partial<Config>
  readonly boundary?: Boundary
  readonly mayPushTo?: (endpoint: URL) => boolean
  /** Hears the progress of `quark demo`. */
  readonly say?: (line: string) => void
  /** Names and addresses of a pretended Internet. */
  readonly outbound?: Partial<OutboundWorld>
  /** Where the fake clock begins; now when left out. */
  readonly startsAt?: Date
  /** A folder with a SQLite database that outlives the station, for what must survive a restart. */
  readonly dataDir?: string
  /** Instead of a fresh database. Beside `dataDir`, whose files then belong to it. */
  readonly connections?: Connections
}

/** A whole station with its modules, on a real database of its own, without a port. */
export interface TestStation extends AsyncDisposable {
  readonly station: Station
  readonly clock: FakeClock
  /** Every event committed so far, oldest first. */
  readonly events: readonly CloudEvent[]
  readonly warnings: readonly string[]
  /** Somebody without a session. */
  stranger(): Visitor
  /** Registers a person and answers their browser. */
  person(username: string): Promise<Visitor>
  /** Answers when no event is left to deliver and no letter is due. */
  settle(): Promise<void>
}

const PROJECT_MODULES = fileURLToPath(new URL('../../modules/', import.meta.url))
/** Cheap hashes: what is tested is what is done with them. */
const TEST_BCRYPT_COST = 4

/** For a station that listens. */
export const ANY_PORT = { server: readConfig({ QUARK_PORT: '0' }).server } as const

export async function buildTestStation(options: TestStationOptions): Promise<TestStation> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'quark-test-')))
  const clock = new FakeClock(options.startsAt)
  const warnings: string[] = []
  const { connections, dispose } = await connectionsFor(options)
  const standard = readConfig({})
  const config: Config = {
    ...standard,
    dataDir,
    modulesDir: options.modulesDir ?? PROJECT_MODULES,
    auth: { bcryptCost: TEST_BCRYPT_COST },
    rateLimits: false,
    ...options.config,
  }
  const station = await buildStation(config, {
    clock,
    log: quietLog(warnings),
    connections,
    ...(options.boundary ? { boundary: options.boundary } : {}),
    ...(options.say ? { say: options.say } : {}),
    ...(options.mayPushTo ? { mayPushTo: options.mayPushTo } : {}),
    ...(options.outbound ? { outbound: options.outbound } : {}),
  })
  const events: CloudEvent[] = []
  station.bus.onCommitted((event) => events.push(event))
  const stranger = (): Visitor => new Visitor(station)
  return {
    station,
    clock,
    events,
    warnings,
    stranger,
    person: (username) => stranger().register(username),
    settle: async () => {
      await station.auth.links.settle()
      await station.bus.settle()
      await station.privacy.settle()
      await station.notificationRoom.courier.settle()
      await station.mail.settle()
    },
    [Symbol.asyncDispose]: async () => {
      await station.stop()
      await dispose()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function connectionsFor({
  dialect,
  dataDir,
  modulesDir,
  connections,
}: TestStationOptions): Promise<{ connections: Connections; dispose: () => Promise<void> }> {
  if (connections) return { connections, dispose: keep }
  if (dataDir) return { connections: openSqlite(join(dataDir, 'quark.db')), dispose: keep }
  return modulesDir ? openTestConnections(dialect) : openMigratedConnections(dialect)
}

/** It belongs to whoever handed it over. */
async function keep(): Promise<void> {}

function quietLog(warnings: string[]): StationLog {
  const note =
    (level: string) =>
    (message: string, fields?: Record<string, unknown>): void => {
      warnings.push(`${level}: ${message} ${JSON.stringify(fields ?? {})}`)
    }
  const log: StationLog = {
    debug: () => undefined,
    info: () => undefined,
    warn: note('warn'),
    error: note('error'),
    atConsole: () => undefined,
    child: () => log,
    redact: async () => 0,
    trim: async () => 0,
    close: async () => undefined,
  }
  return log
}
