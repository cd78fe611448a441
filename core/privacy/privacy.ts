import type { Config } from '../../config.ts'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import { personalAudit } from '../audit/personal-audit.ts'
import type { StationAuth } from '../auth/index.ts'
import { personalIdentity } from '../auth/personal-identity.ts'
import type { EmbeddedBus } from '../events/embedded-bus.ts'
import { personalEvents } from '../events/personal-events.ts'
import type { EventSchemas } from '../events/schemas.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { StationLog } from '../log/log.ts'
import type { Mail } from '../mail/index.ts'
import { personalLetters } from '../mail/personal-letters.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { PersonalMedia } from '../media/personal-media.ts'
import { personalNotifications } from '../notifications/personal-notifications.ts'
import type { StationNotifications } from '../notifications/station-notifications.ts'
import { personalUpdates } from '../realtime/personal-updates.ts'
import type { PageCache } from '../views/page-cache.ts'
import { removeOldActs } from './act-of-destruction.ts'
import { Eraser } from './erasure.ts'
import { ErasureLedger } from './erasure-ledger.ts'
import { ErasureRequests } from './erasure-requests.ts'
import { UserDeleted } from './events.ts'
import { exportNews } from './export-news.ts'
import { Leaving } from './leaving.ts'
import { PersonalData } from './personal-data.ts'
import { PersonalExports } from './personal-exports.ts'
import { PersonalRecords } from './personal-records.ts'

export interface PrivacyParts {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly auth: StationAuth
  readonly bus: EmbeddedBus
  readonly schemas: EventSchemas
  readonly cache: PageCache
  readonly scheduler: Scheduler
  readonly media: MediaStore
  readonly personalMedia: PersonalMedia
  readonly notifications: StationNotifications
  readonly mail: Mail
  readonly catalogue: Catalogue
}

/** Consents, archives, erasure and retention: what people may ask of a station that knows them. */
export class Privacy {
  readonly personalData = new PersonalData()
  readonly ledger: ErasureLedger
  readonly erasures: ErasureRequests
  readonly exports: PersonalExports
  readonly leaving: Leaving
  readonly #parts: PrivacyParts

  /** @throws QL_PRIVACY_LEDGER_BROKEN */
  constructor(parts: PrivacyParts) {
    const { config, database, auth, schemas } = parts
    this.#parts = parts
    this.ledger = new ErasureLedger(config.dataDir)
    this.personalData.own('auth', personalIdentity(database))
    this.personalData.own('audit', personalAudit(database))
    this.personalData.own('events', personalEvents(database), { erasesFirst: true })
    this.personalData.own('media', parts.personalMedia)
    this.personalData.own('notifications', personalNotifications(database))
    this.personalData.own('realtime', personalUpdates(database))
    this.personalData.own('mail', personalLetters(database))
    this.personalData.own('privacy', new PersonalRecords(database, () => this.exports))
    const eraser = new Eraser({
      ...parts,
      personalData: this.personalData,
      ledger: this.ledger,
      dataDir: config.dataDir,
      operator: config.station.name,
      station: config.station.name,
    })
    this.erasures = new ErasureRequests({ ...parts, eraser, ledger: this.ledger })
    const { station, server } = config
    const origin = (): string => server.publicUrl ?? `http://localhost:${server.port}`
    const around = { ...parts, station, origin }
    this.exports = new PersonalExports({
      ...around,
      personalData: this.personalData,
      dataDir: config.dataDir,
      announce: exportNews(parts.notifications),
    })
    this.leaving = new Leaving({ ...around, erasures: this.erasures })
    schemas.define('user.deleted', 'core', UserDeleted, 1)
    auth.onSessionOpened((tx, userId) => this.leaving.onReturn(tx, userId))
  }

  /** After every module is docked and before the first request: nobody comes back unseen. */
  async start(): Promise<void> {
    const { scheduler, log, config, clock } = this.#parts
    const returned = await this.erasures.replay()
    if (returned > 0) log.warn('People of the ledger of erasures were erased again', { returned })
    await scheduler.add('core/privacy-erasure', '17 3 * * *', async () => {
      await this.erasures.fulfil()
      await removeOldActs(config.dataDir, clock.now())
    })
    await this.exports.start()
  }

  /** What runs in the background ends here, and goes on at the next start. */
  stop(): Promise<void> {
    return this.exports.stop()
  }
}
