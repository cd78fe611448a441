import { h } from 'preact'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import {
  type Connections,
  Database,
  type Migration,
  openPostgres,
  openSqlite,
} from '../db/index.ts'
import { coreMigrations } from '../db/migrations/index.ts'
import { ErrorPage } from '../templates/index.ts'
import type { Clock } from './app.ts'
import { createAuth, type StationAuth } from './auth/auth-service.ts'
import { loadSecrets } from './auth/secrets.ts'
import { Calls } from './calls/calls.ts'
import { provideCoreCalls } from './calls/core-calls.ts'
import { systemClock } from './clock.ts'
import type { Bus } from './events/bus.ts'
import { openEmbeddedBus } from './events/embedded-bus.ts'
import { EventSchemas } from './events/schemas.ts'
import { coreRoutes } from './http/core-routes.ts'
import type { ErrorPages } from './http/error-answer.ts'
import { Exchange } from './http/exchange.ts'
import { KeptAnswers } from './http/kept-answers.ts'
import { Metrics } from './http/metrics.ts'
import { ModuleRouter } from './http/module-router.ts'
import { RateLimiter } from './http/rate-limiter.ts'
import { commonHeaders } from './http/security-headers.ts'
import { createHttp } from './http/server.ts'
import { Catalogue } from './i18n/catalogue.ts'
import { Scheduler } from './jobs/scheduler.ts'
import { openLog, type StationLog } from './log/log.ts'
import { MediaStore } from './media/media-store.ts'
import type { Boundary } from './module-loader/in-process.ts'
import { ModuleLoader } from './module-loader/loader.ts'
import { buildAssets } from './views/assets.ts'
import { Documents } from './views/documents.ts'
import { PageCache } from './views/page-cache.ts'
import { renderView } from './views/render-view.ts'
import { Slots } from './views/slots.ts'

/** What tests replace: the world, never our own code. */
export interface World {
  readonly clock?: Clock
  readonly log?: StationLog
  readonly connections?: Connections
  /** False: events are written, and delivered by another process or the next start. */
  readonly deliver?: boolean
  /** How modules that are not of the level `core` are reached. */
  readonly boundary?: Boundary
  /** Progress of `quark demo`. */
  say?(line: string): void
}

/** A station with its modules docked. */
export interface Station {
  readonly config: Config
  readonly http: FastifyInstance
  readonly database: Database
  readonly bus: Bus
  readonly calls: Calls
  readonly auth: StationAuth
  readonly loader: ModuleLoader
  readonly scheduler: Scheduler
  readonly router: ModuleRouter
  readonly log: StationLog
  /** Steps this start has applied to the database. */
  readonly migrated: readonly string[]
  /** Binds the port and answers the address, e.g. `http://127.0.0.1:8000`. */
  listen(): Promise<string>
  /** Refuses new requests, waits for open ones up to the drain limit, then closes everything. */
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const KEPT_BACKUPS = 3

export const VERSION: string = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
).version

/** Opens the database, migrates, docks the modules. Serves nothing until `listen`. */
export async function buildStation(config: Config, world: World = {}): Promise<Station> {
  const clock = world.clock ?? systemClock
  const log = world.log ?? (await openLog(config))
  const database = new Database(world.connections ?? (await connect(config)), (error) =>
    log.error('A hook after a commit failed', { error: String(error) }),
  )
  const base = await services(config, database, { clock, log, world })
  const { loader, bus, schemas, router, calls, catalogue } = base
  loader.discover()
  const migrated = await migrate(
    database,
    [...coreMigrations, ...(await loader.migrations())],
    config,
    { clock, log },
  )
  await bus.start()
  router.set(
    'core',
    coreRoutes({ ...base, config, version: VERSION, checks: () => checks(database) }),
  )
  provideCoreCalls(calls, base.auth)
  catalogue.addFolder(join(ROOT, 'templates', 'locales'))
  await loader.start()
  const http = await createHttp({ ...base, config, errorPages: errorPages(base) })
  await http.ready()
  base.scheduler.start()
  void schemas
  return {
    ...base,
    config,
    http,
    database,
    log,
    migrated,
    listen: () => listen(http, config),
    stop: () => stop({ ...base, http, config, database, log }),
  }
}

async function connect(config: Config): Promise<Connections> {
  if (config.databaseUrl !== null) return openPostgres(config.databaseUrl)
  return openSqlite(join(config.dataDir, 'quark.db'))
}

type Services = Awaited<ReturnType<typeof services>>

/** Everything that stands between the database and the door, each told only what it needs. */
async function services(
  config: Config,
  database: Database,
  { clock, log, world }: { clock: Clock; log: StationLog; world: World },
) {
  const assets = await buildAssets()
  const auth = await createAuth({
    database,
    clock,
    config,
    log,
    secrets: loadSecrets(config.dataDir),
  })
  const bus = openEmbeddedBus({ database, clock, log, deliver: world.deliver ?? true })
  const slots = new Slots(log)
  const calls = new Calls()
  const catalogue = new Catalogue()
  const router = new ModuleRouter()
  const metrics = new Metrics()
  const schemas = new EventSchemas()
  const scheduler = new Scheduler(database, clock, log)
  const media = new MediaStore(join(config.dataDir, 'media'), database, clock)
  const cache = new PageCache(config.pageCacheBytes)
  const { publicUrl } = config.server
  const { locale, name: stationName, registration } = config.station
  const kept = new KeptAnswers(cache, publicUrl, locale, auth.sessionCookies)
  const documents = new Documents({ assets, catalogue, slots, calls, stationName, registration })
  bus.onCommitted((event) => cache.onEvent(event))
  const exchange = new Exchange({
    router,
    limiter: config.rateLimits ? new RateLimiter(clock) : null,
    kept,
    documents,
    commonHeaders: commonHeaders(config),
    publicUrl,
    locale,
    hasSessionCookie: (cookies) =>
      Object.keys(cookies).some((cookie) => auth.sessionCookies.test(`${cookie}=`)),
    authenticate: (request, facts) =>
      auth.authenticate({
        cookies: facts.cookies,
        authorization: request.headers.authorization,
        client: { ip: facts.ip, userAgent: String(request.headers['user-agent'] ?? '') },
      }),
  })
  const say = (line: string): void => world.say?.(line)
  const places = {
    database,
    bus,
    schemas,
    calls,
    slots,
    media,
    log,
    clock,
    say,
    router,
    catalogue,
    scheduler,
  }
  const loader = new ModuleLoader({
    dir: config.modulesDir,
    places,
    auth,
    clock,
    station: { name: stationName },
    ...(world.boundary ? { boundary: world.boundary } : {}),
  })
  return { ...places, assets, auth, metrics, cache, kept, documents, exchange, loader }
}

async function migrate(
  database: Database,
  steps: readonly Migration[],
  config: Config,
  { clock, log }: { clock: Clock; log: StationLog },
): Promise<string[]> {
  const done = await database.migrate(steps, {
    now: () => clock.now(),
    beforeChange: async (backup) => {
      if (!backup) return log.warn('PostgreSQL is migrated without a backup of ours; keep your own')
      const dir = join(config.dataDir, 'backups')
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const stamp = clock.now().toISOString().replaceAll(/[:.]/g, '-')
      await backup(join(dir, `before-migration-${stamp}.db`))
      await removeOldBackups(dir)
    },
  })
  if (done.length > 0) log.info('The database was migrated', { steps: done.length })
  return done
}

async function removeOldBackups(dir: string): Promise<void> {
  const names = (await readdir(dir))
    .filter((name) => name.startsWith('before-migration-'))
    .toSorted()
  for (const name of names.slice(0, -KEPT_BACKUPS)) await rm(join(dir, name))
}

async function checks(database: Database): Promise<Record<string, boolean>> {
  try {
    await database.reader.all('select 1 as one')
    return { database: true }
  } catch {
    return { database: false }
  }
}

function errorPages({ catalogue, documents }: Services): ErrorPages {
  return async (error, facts) => {
    const { locale } = facts.preferences
    const { status } = error.entry
    const html = renderView(
      h(ErrorPage, {
        t: catalogue.translator(locale),
        locale,
        status,
        detail: error.text(locale),
        requestId: facts.requestId,
        retryAfterSeconds: error.details.retryAfterS,
        path: facts.url,
        signedIn: false,
      }),
    )
    const page = { kind: 'html', title: String(status), html, head: { noindex: true } } as const
    return documents.compose(page, { actor: null, preferences: facts.preferences, path: facts.url })
  }
}

async function listen(http: FastifyInstance, { server }: Config): Promise<string> {
  await http.listen({ host: server.host, port: server.port })
  const { address, port, family } = http.server.address() as AddressInfo
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `http://${family === 'IPv6' && host.includes(':') ? `[${host}]` : host}:${port}`
}

async function stop(
  station: Services & Pick<Station, 'http' | 'config' | 'database' | 'log'>,
): Promise<void> {
  const { http, config, metrics, scheduler, loader, bus, database, auth, log } = station
  metrics.isDraining = true
  const closed = http.close()
  http.server.closeIdleConnections()
  const deadline = setTimeout(() => http.server.closeAllConnections(), config.server.drainMs)
  await closed
  clearTimeout(deadline)
  await scheduler.stop()
  await loader.stop()
  await bus.close()
  await auth.close()
  await database.close()
  await log.close()
}
