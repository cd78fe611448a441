import type { Config } from '../../../config.ts'
import type { Database } from '../../../db/index.ts'
import type { Audit } from '../../audit/index.ts'
import type { StationAuth } from '../../auth/index.ts'
import type { Calls } from '../../calls/calls.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { MediaStore } from '../../media/media-store.ts'
import type { SectionValues } from '../../settings/index.ts'
import type { Slots } from '../../views/slots.ts'
import type { Privacy } from '../privacy.ts'
import { adminPrivacyPages } from './admin.ts'
import { adminPrivacyApi } from './admin-api.ts'
import { consentApi } from './consent-api.ts'
import { consentPages } from './consents.ts'
import { deletionRoutes } from './deletion.ts'
import { exportApi } from './export.ts'
import { legalApi } from './legal-api.ts'
import { legalPages } from './legal.ts'
import { myDataPages } from './my-data.ts'

export interface PrivacyRouteServices {
  readonly privacy: Privacy
  readonly database: Database
  readonly config: Pick<Config, 'station'>
  readonly auth: StationAuth
  readonly calls: Calls
  readonly catalogue: Catalogue
  readonly slots: Slots
  readonly media: Pick<MediaStore, 'usage'>
  readonly audit: Audit
  readonly settings: Pick<SectionValues, 'retention'>
}

/** Everything people meet of their rights. Also fills its places in the settings. */
export function privacyRoutes(services: PrivacyRouteServices): readonly DockedRoute[] {
  const { privacy, config } = services
  const { exports, leaving, documents, consents, erasures, retention } = privacy
  const { station } = config
  const desk = { ...services, erasures, retention, documents, consents, exports }
  return [
    ...adminPrivacyPages(desk),
    ...adminPrivacyApi(desk),
    ...legalPages({ ...services, documents }),
    ...consentPages({ ...services, documents, consents }),
    ...legalApi(documents),
    ...consentApi({ ...services, documents, consents }),
    ...exportApi(exports),
    ...myDataPages({ ...services, exports }),
    ...deletionRoutes({ ...services, leaving, station }),
  ]
}
