import type { Config } from '../../../config.ts'
import type { StationAuth } from '../../auth/index.ts'
import type { DockedRoute } from '../../http/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { Slots } from '../../views/slots.ts'
import type { Privacy } from '../privacy.ts'
import { deletionRoutes } from './deletion.ts'
import { exportApi } from './export.ts'
import { myDataPages } from './my-data.ts'

export interface PrivacyRouteServices {
  readonly privacy: Privacy
  readonly config: Pick<Config, 'station'>
  readonly auth: StationAuth
  readonly catalogue: Catalogue
  readonly slots: Slots
}

/** Everything people meet of their rights. Also fills its places in the settings. */
export function privacyRoutes(services: PrivacyRouteServices): readonly DockedRoute[] {
  const { privacy, config } = services
  const { exports, leaving } = privacy
  const { station } = config
  return [
    ...exportApi(exports),
    ...myDataPages({ ...services, exports }),
    ...deletionRoutes({ ...services, leaving, station }),
  ]
}
