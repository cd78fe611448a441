import type { Config } from '../config.ts'
import type { Database } from '../db/index.ts'
import type { Administration } from './administration/index.ts'
import {
  type AdministrationParts,
  openAdministration,
} from './administration/station-administration.ts'
import type { Clock } from './app.ts'
import { AuditLog } from './audit/audit-log.ts'
import { SecurityWatch } from './audit/security-watch.ts'
import { BackupRoom } from './backup/backup-room.ts'
import { createAuth } from './auth/auth-service.ts'
import type { StationAuth } from './auth/index.ts'
import { bringsSession } from './auth/session/cookies.ts'
import { openLiveSecrets } from './auth/keys/live-secrets.ts'
import { Calls } from './calls/calls.ts'
import { type EmbeddedBus, openEmbeddedBus } from './events/embedded-bus.ts'
import { EventSchemas } from './events/schemas.ts'
import { type FigureParts, StationFigures } from './figures/station-figures.ts'
import { Exchange } from './http/exchange.ts'
import { KeptAnswers } from './http/answers/kept-answers.ts'
import { Metrics } from './http/metrics.ts'
import { ModuleRouter } from './http/routes/module-router.ts'
import { RateLimiter } from './http/guards/rate-limiter.ts'
import { commonHeaders } from './http/answers/security-headers.ts'
import { Catalogue } from './i18n/catalogue.ts'
import { Scheduler } from './jobs/scheduler.ts'
import type { StationLog } from './log/log.ts'
import type { ModuleState } from './module-loader/loader.ts'
import type { PostOffice } from './mail/index.ts'
import { openPostOffice } from './mail/post-office.ts'
import { Outbound, type OutboundWorld } from './outbound/outbound.ts'
import { RealtimeHub } from './realtime/hub/hub.ts'
import { type NotificationRoom, openNotifications } from './notifications/notification-room.ts'
import type { StationNotifications } from './notifications/station-notifications.ts'
import { SocketGate } from './realtime/door/gate.ts'
import { Tickets } from './realtime/door/tickets.ts'
import { ModuleSettings } from './settings/module-settings.ts'
import { SettingRows } from './settings/setting-rows.ts'
import { liveConfig, OpenSettings } from './settings/station-settings.ts'
import { type MediaRoom, openMedia } from './media/index.ts'
import type { PersonalData } from './privacy/personal-data.ts'
import { consentDetour } from './privacy/consent/consent-detour.ts'
import { Privacy } from './privacy/privacy.ts'
import type { Assets } from './views/assets.ts'
import { Documents } from './views/documents.ts'
import { PageCache } from './views/page-cache.ts'
import { Slots } from './views/slots.ts'

/** Everything between the database and the door. Each room is told only what it needs. */
export interface Rooms extends MediaRoom {
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly assets: Assets
  /** The configuration, in which what can be set while the station runs follows the settings. */
  readonly config: Config
  readonly audit: AuditLog
  readonly watch: SecurityWatch
  readonly backups: BackupRoom
  readonly settings: OpenSettings
  readonly moduleSettings: ModuleSettings
  readonly auth: StationAuth
  readonly bus: EmbeddedBus
  readonly mail: PostOffice
  readonly realtime: RealtimeHub
  readonly notifications: StationNotifications
  readonly notificationRoom: NotificationRoom
  readonly tickets: Tickets
  readonly gate: SocketGate
  readonly schemas: EventSchemas
  readonly calls: Calls
  readonly slots: Slots
  readonly outbound: Outbound
  readonly catalogue: Catalogue
  readonly router: ModuleRouter
  readonly scheduler: Scheduler
  readonly metrics: Metrics
  readonly privacy: Privacy
  readonly figures: StationFigures
  /** Opened for those modules whose states `modules` says. */
  openAdministration(modules: () => readonly ModuleState[]): Administration
  readonly personalData: PersonalData
  readonly cache: PageCache
  readonly kept: KeptAnswers
  readonly documents: Documents
  readonly exchange: Exchange
}

export interface Ground {
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly assets: Assets
  /** See `World.deliver`. */
  readonly deliver: boolean
  /** See `World.mayPushTo`. */
  readonly mayPushTo?: ((endpoint: URL) => boolean) | undefined
  /** See `World.outbound`. */
  readonly outbound?: Partial<OutboundWorld> | undefined
}

/** Makes the rooms. Nothing runs yet, and no table is touched. */
export function openRooms(environment: Config, ground: Ground): Rooms {
  const { database, clock, log, assets, deliver } = ground
  const secrets = openLiveSecrets(environment.dataDir, { clock, log })
  const bus = openEmbeddedBus({ database, clock, log, deliver })
  const schemas = new EventSchemas()
  const audit = new AuditLog({ database, clock, key: secrets.auditKey })
  const watch = new SecurityWatch(audit, clock, log)
  const rows = new SettingRows({ database, clock, log, audit, bus, schemas })
  const settings = new OpenSettings(rows, environment)
  const config = liveConfig(environment, settings)
  const onSecurityEvent = watch.hear
  const calls = new Calls()
  const catalogue = new Catalogue()
  const mail = openPostOffice({ database, clock, log, config, deliver })
  const voice = { mail, calls, catalogue, settings }
  const auth = createAuth({ database, clock, config, log, secrets, onSecurityEvent, ...voice })
  const isLimited = config.rateLimits
  const realtime = new RealtimeHub({ database, clock, log, auth, calls, isLimited })
  const notificationRoom = openNotifications({
    ...ground,
    config,
    auth,
    calls,
    catalogue,
    mail,
    live: realtime,
  })
  const inner = {
    config,
    audit,
    watch,
    settings,
    backups: new BackupRoom({ database, clock, log, config, settings }),
    moduleSettings: new ModuleSettings(rows),
    auth,
    bus,
    realtime,
    schemas,
    mail,
    notificationRoom,
    notifications: notificationRoom.notifications,
    calls,
    tickets: new Tickets(database, clock),
    outbound: new Outbound(ground.outbound),
    slots: new Slots(log),
    catalogue,
    router: new ModuleRouter(),
    scheduler: new Scheduler(database, clock, log),
    ...openMedia(config.dataDir, database, clock, () => settings.media.quotaBytes),
    metrics: new Metrics(),
    cache: new PageCache(config.pageCacheBytes),
  }
  bus.onCommitted((event) => inner.cache.onEvent(event))
  /* The name of the station stands on every page. */
  settings.onChanged(() => inner.cache.clear())
  const privacy = new Privacy({ ...ground, ...inner })
  const desks = openDesks({ ...ground, ...inner })
  const rooms = { ...inner, ...desks, privacy, personalData: privacy.personalData }
  return { database, clock, log, assets, ...rooms, ...openDoor({ ...ground, ...rooms }) }
}

type Desks = Pick<Rooms, 'figures' | 'openAdministration'>

/** Where staff work; it is opened when it is known which modules there are. */
function openDesks(rooms: Omit<AdministrationParts, 'figures' | 'modules'> & FigureParts): Desks {
  const figures = new StationFigures(rooms)
  return {
    figures,
    openAdministration: (modules) => openAdministration({ ...rooms, figures, modules }),
  }
}

type Door = Pick<Rooms, 'kept' | 'documents' | 'exchange' | 'gate'>

/** What a request meets: kept bytes, the gate, and the shell its page is put into. */
function openDoor(rooms: Omit<Rooms, keyof Door>): Door {
  const { config, auth, cache, assets, catalogue, slots, calls, router, clock, media } = rooms
  const { publicUrl } = config.server
  const { station } = config
  const kept = new KeptAnswers(cache, publicUrl, station, auth.sessionCookies)
  const documents = new Documents({ assets, catalogue, slots, calls, router, station })
  const exchange = new Exchange({
    router,
    limiter: config.rateLimits ? new RateLimiter(clock) : null,
    kept,
    documents,
    media,
    commonHeaders: commonHeaders(config),
    publicUrl,
    station,
    detour: (passing) => consentDetour(rooms.privacy.consents, passing),
    hasSessionCookie: (cookies) => bringsSession(auth.sessionCookies, cookies),
    authenticate: (request, { cookies, ip }) =>
      auth.authenticate({
        cookies,
        authorization: request.headers.authorization,
        client: { ip, userAgent: request.headers['user-agent'] ?? '' },
      }),
    sessionActor: (sessionId) => auth.sessionActor(sessionId),
    positionOf: async (userId) => (await rooms.realtime.updates.head(userId)).pts,
    stepUp: auth.stepUp,
    deviceIn: (cookies) => auth.deviceIn(cookies),
  })
  const { realtime: hub, tickets } = rooms
  const gate = new SocketGate({ config, clock, auth, hub, tickets, exchange })
  return { kept, documents, exchange, gate }
}
