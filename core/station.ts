import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { type Connections, Database, openPostgres, openSqlite } from '../db/index.ts'
import { coreMigrations } from '../db/migrations/index.ts'
import type { Clock } from './app.ts'
import { endCutRestore } from './backup/restoring/cut-restore.ts'
import { backupRoutes } from './backup/routes.ts'
import { provideCoreCalls } from './calls/core-calls.ts'
import { systemClock } from './clock.ts'
import { coreRoutes } from './http/core-routes.ts'
import { createHttp } from './http/server.ts'
import { mediaRoutes } from './media/media-routes.ts'
import { openLog, type StationLog } from './log/log.ts'
import type { Boundary } from './module-loader/in-process.ts'
import { ModuleLoader } from './module-loader/loader.ts'
import { HealthWatch } from './administration/health.ts'
import { startStationNews } from './administration/station-news.ts'
import { provideReachable } from './notifications/outside/reachable.ts'
import { appRoutes } from './installed-app/routes.ts'
import { notificationRoutes } from './notifications/routes/index.ts'
import { openRooms, type Rooms } from './rooms.ts'
import { privacyRoutes } from './privacy/routes/index.ts'
import { trimUpdates } from './realtime/log/retention.ts'
import { realtimeRoutes } from './realtime/routes.ts'
import { migrateStation } from './starting/migrate-station.ts'
import type { OutboundWorld } from './outbound/outbound.ts'
import { localOriginOf, publicOriginOf } from './public-origin.ts'
import { mailboxPages, mailboxSection } from './mail/mailbox-pages.ts'
import { mailboxRoutes } from './mail/mailbox-routes.ts'
import { paletteRoutes } from './palette/routes.ts'
import { mailQueuePages, mailQueueSection } from './mail/queue-pages.ts'
import { mailQueueRoutes } from './mail/queue-routes.ts'
import { buildAssets } from './views/assets.ts'
import { errorPagesOf } from './views/error-pages.ts'

/** What tests replace: the world, never our own code. */
export interface World {
  readonly clock?: Clock
  readonly log?: StationLog
  readonly connections?: Connections
  /** False: events are written, and delivered by another process or the next start. */
  readonly deliver?: boolean
  /** Whether pushes may go there. Tests let them go to a server of their own. */
  readonly mayPushTo?: (endpoint: URL) => boolean
  /** Names and addresses of the Internet. Tests bring servers of their own. */
  readonly outbound?: Partial<OutboundWorld>
  /** How modules that are not of the level `core` are reached. */
  readonly boundary?: Boundary
  /** Progress of `quark demo`. */
  readonly say?: (line: string) => void
}

/** A station with its modules docked. */
export interface Station extends Rooms {
  readonly http: FastifyInstance
  readonly loader: ModuleLoader
  /** Steps this start has applied to the database. */
  readonly migrated: readonly string[]
  /** Binds the port and answers the address, e.g. `http://127.0.0.1:8000`. */
  listen(): Promise<string>
  /** Refuses new requests, waits for open ones up to the drain limit, then closes everything. */
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export const VERSION: string = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
).version

/** Opens the database, migrates, docks the modules. Serves nothing until `listen`. */
export async function buildStation(environment: Config, world: World = {}): Promise<Station> {
  const clock = world.clock ?? systemClock
  const log = world.log ?? (await openLog(environment))
  await endCutRestore(environment)
  const database = await openDatabase(environment, world, log)
  const assets = await buildAssets()
  const { deliver = true, mayPushTo, outbound } = world
  const ground = { database, clock, log, assets, deliver, mayPushTo, outbound }
  const rooms = openRooms(environment, ground)
  const { config } = rooms
  const loader = openLoader(config, rooms, world)
  loader.discover()
  const steps = [...coreMigrations, ...(await loader.migrations())]
  const migrated = await migrateStation(database, steps, config, { clock, log })
  await rooms.settings.load()
  await rooms.bus.start()
  await rooms.realtime.start()
  await dockCore(config, rooms)
  await loader.start()
  await rooms.privacy.start()
  const errorPages = errorPagesOf(rooms.catalogue, rooms.documents, rooms.auth.sessionCookies)
  const http = await createHttp({ ...rooms, config, errorPages })
  await http.ready()
  await rooms.scheduler.add('core/realtime-trim', '41 3 * * *', async () => {
    await trimUpdates(database, clock)
  })
  await rooms.backups.start(rooms.scheduler, VERSION)
  await startStationNews(
    { ...rooms, health: new HealthWatch(rooms, () => loader.modules) },
    rooms.scheduler,
  )
  await rooms.scheduler.add('core/accounts', '53 3 * * *', () => rooms.auth.forgetOld())
  rooms.scheduler.start()
  await rooms.mail.start(rooms.scheduler)
  rooms.watch.start()
  await rooms.figures.start(rooms.scheduler)
  await rooms.notificationRoom.courier.start(rooms.scheduler)
  return {
    ...rooms,
    http,
    loader,
    migrated,
    listen: () => listen(http, config),
    stop: () => stop(rooms, { http, loader, drainMs: config.server.drainMs }),
  }
}

async function openDatabase(config: Config, world: World, log: StationLog): Promise<Database> {
  const connections =
    world.connections ??
    (config.databaseUrl === null
      ? openSqlite(join(config.dataDir, 'quark.db'))
      : await openPostgres(config.databaseUrl))
  return new Database(connections, (error) =>
    log.error('A hook after a commit failed', { error: String(error) }),
  )
}

function openLoader(config: Config, rooms: Rooms, world: World): ModuleLoader {
  const { auth, clock } = rooms
  const loader: ModuleLoader = new ModuleLoader({
    dir: config.modulesDir,
    places: { ...rooms, say: (line) => world.say?.(line) },
    auth,
    administration: rooms.openAdministration(() => loader.modules),
    clock,
    station: {
      get name() {
        return config.station.name
      },
      origin: publicOriginOf(config),
    },
    ...(world.boundary ? { boundary: world.boundary } : {}),
  })
  return loader
}

/** The core's own routes, calls and texts pass the same places as every module's. */
async function dockCore(config: Config, rooms: Rooms): Promise<void> {
  const checks = (): Promise<Record<string, boolean>> => checksOf(rooms.database)
  rooms.router.set('core', [
    ...coreRoutes({ ...rooms, config, version: VERSION, checks }),
    ...notificationRoutes(rooms),
    ...appRoutes({ ...rooms, config }),
    ...mailboxPages(rooms.mail, rooms.catalogue, rooms.calls),
    ...mailboxRoutes(rooms.mail),
    ...mailQueuePages(rooms),
    ...mailQueueRoutes(rooms),
    ...paletteRoutes(rooms),
    ...mediaRoutes(rooms.media),
    ...privacyRoutes({ ...rooms, config }),
    ...backupRoutes(rooms),
    ...realtimeRoutes(rooms.realtime, rooms.tickets),
  ])
  rooms.catalogue.addFolder(join(ROOT, 'templates', 'locales'))
  rooms.catalogue.addFolder(join(ROOT, 'core', 'privacy', 'locales'))
  rooms.catalogue.addFolder(join(ROOT, 'core', 'backup', 'locales'))
  provideCoreCalls(rooms.calls, rooms.auth)
  provideReachable(
    rooms.calls,
    rooms.notifications,
    rooms.notificationRoom.subscriptions,
    rooms.clock,
  )
  for (const fill of [mailboxSection(rooms.mail, rooms.catalogue), mailQueueSection(rooms)]) {
    rooms.slots.add('admin.section', { module: 'core', mayUseHtml: true, fill })
  }
  await rooms.scheduler.add('core/media-sweep', '17 * * * *', async () => {
    const swept = await rooms.mediaSweep.run()
    if (Object.values(swept).some((count) => count > 0)) rooms.log.info('Media swept', { ...swept })
  })
}

async function checksOf(database: Database): Promise<Record<string, boolean>> {
  try {
    await database.reader.all('select 1 as one')
    return { database: true }
  } catch {
    return { database: false }
  }
}

async function listen(http: FastifyInstance, { server }: Config): Promise<string> {
  await http.listen({ host: server.host, port: server.port })
  const { address, port } = http.server.address() as AddressInfo
  return localOriginOf(address, port)
}

interface Running {
  readonly http: FastifyInstance
  readonly loader: ModuleLoader
  readonly drainMs: number
}

async function stop(rooms: Rooms, { http, loader, drainMs }: Running): Promise<void> {
  rooms.metrics.isDraining = true
  const closed = http.close()
  const drained = rooms.realtime.drain(drainMs)
  http.server.closeIdleConnections()
  const deadline = setTimeout(() => http.server.closeAllConnections(), drainMs)
  await Promise.all([closed, drained])
  clearTimeout(deadline)
  await rooms.scheduler.stop()
  await rooms.privacy.stop()
  await loader.stop()
  await rooms.notificationRoom.courier.stop()
  await rooms.mail.stop()
  await rooms.bus.close()
  await rooms.auth.close()
  await rooms.pictureRenderer.close()
  await rooms.watch.close()
  await rooms.figures.close()
  await rooms.database.close()
  await rooms.log.close()
}
