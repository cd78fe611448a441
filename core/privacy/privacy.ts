import type { Config } from '../../config.ts'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { personalAudit } from '../audit/personal-audit.ts'
import type { StationAuth } from '../auth/index.ts'
import { personalIdentity } from '../auth/identity/personal-identity.ts'
import type { Calls } from '../calls/calls.ts'
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
import { publicOriginOf } from '../public-origin.ts'
import type { OpenSettings } from '../settings/station-settings.ts'
import type { PageCache } from '../views/page-cache.ts'
import { removeOldActs } from './erasure/act-of-destruction.ts'
import { Eraser } from './erasure/erasure.ts'
import { Consents } from './consent/consents.ts'
import { ErasureLedger } from './erasure/erasure-ledger.ts'
import { ErasureRequests } from './erasure/erasure-requests.ts'
import { ConsentGiven, ConsentWithdrawn, DocumentPublished, UserDeleted } from './events.ts'
import { exportNews } from './export/export-news.ts'
import { Leaving } from './erasure/leaving.ts'
import { PersonalData } from './personal-data.ts'
import { PersonalExports } from './export/personal-exports.ts'
import { PersonalRecords } from './personal-records.ts'
import { LegalDocuments } from './legal/legal-documents.ts'
import type { TemplateFacts } from './legal/legal-template.ts'
import { providePrivacyCalls } from './privacy-calls.ts'
import { Retention } from './retention.ts'

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
  readonly audit: AuditLog
  readonly settings: OpenSettings
  readonly calls: Calls
}

/** Consents, archives, erasure and retention: what people may ask of a station that knows them. */
export class Privacy {
  readonly personalData = new PersonalData()
  readonly ledger: ErasureLedger
  readonly erasures: ErasureRequests
  readonly exports: PersonalExports
  readonly leaving: Leaving
  readonly documents: LegalDocuments
  readonly consents: Consents
  readonly retention: Retention
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
    const { station } = config
    const origin = (): string => publicOriginOf(config)
    const around = { ...parts, station, origin }
    this.exports = new PersonalExports({
      ...around,
      personalData: this.personalData,
      dataDir: config.dataDir,
      announce: exportNews(parts.notifications),
    })
    this.leaving = new Leaving({ ...around, erasures: this.erasures })
    const { settings, calls } = parts
    const facts = (): TemplateFacts => factsOf(config, settings)
    this.documents = new LegalDocuments({ ...parts, facts })
    const asksPublishing = (): boolean => settings.operator.asksPublishing
    this.consents = new Consents({ ...parts, documents: this.documents, asksPublishing })
    this.retention = new Retention({ ...parts, exports: this.exports })
    providePrivacyCalls(calls, this.consents, settings)
    schemas.define('user.deleted', 'core', UserDeleted, 1)
    schemas.define('document.published', 'core', DocumentPublished, 1)
    schemas.define('consent.given', 'core', ConsentGiven, 1)
    schemas.define('consent.withdrawn', 'core', ConsentWithdrawn, 1)
    auth.onSessionOpened((tx, userId) => this.leaving.onReturn(tx, userId))
    auth.onConsent((tx, userId, given) =>
      this.consents.give(tx, userId, 'consent', { ...given, method: 'registration' }),
    )
  }

  /** After every module is docked and before the first request: nobody comes back unseen. */
  async start(): Promise<void> {
    const { scheduler, log, config, clock, settings } = this.#parts
    const returned = await this.erasures.replay()
    if (returned > 0) log.warn('People of the ledger of erasures were erased again', { returned })
    await scheduler.add('core/privacy-erasure', '17 3 * * *', async () => {
      await this.erasures.fulfil()
      await removeOldActs(config.dataDir, clock.now())
    })
    await scheduler.add('core/privacy-retention', '47 3 * * *', async () => {
      await this.retention.run()
    })
    await this.documents.seed()
    settings.onChanged(() => {
      this.documents.refill()
      this.consents.forgetAnswers()
    })
    await this.exports.start()
  }

  /** Answers when nothing is under way in the background. */
  async settle(): Promise<void> {
    await this.documents.settle()
    await this.exports.settle()
  }

  /** What runs in the background ends here, and goes on at the next start. */
  async stop(): Promise<void> {
    await this.documents.settle()
    await this.exports.stop()
  }
}

/** What stands in the shipped documents. */
function factsOf(
  { station, server }: Pick<Config, 'station' | 'server'>,
  { operator, retention }: Pick<OpenSettings, 'operator' | 'retention'>,
): TemplateFacts {
  const days = Object.entries(retention).map(([name, value]) => [name, String(value)])
  return {
    ...Object.fromEntries(days),
    station: station.name,
    operator: operator.name === '' ? station.name : operator.name,
    address: operator.address,
    email: operator.email,
    url: server.publicUrl ?? '',
  }
}
