import type { DockedRoute } from '../../http/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { NotificationRoom } from '../notification-room.ts'
import { notificationApi } from './api.ts'
import { pushApi } from './push.ts'
import { unsubscribePages } from './unsubscribe.ts'

export interface NotificationRouteServices {
  readonly notificationRoom: NotificationRoom
  readonly catalogue: Catalogue
}

export function notificationRoutes({
  notificationRoom,
  catalogue,
}: NotificationRouteServices): readonly DockedRoute[] {
  return [
    ...notificationApi(notificationRoom.notifications),
    ...pushApi(notificationRoom),
    ...unsubscribePages(notificationRoom, catalogue),
  ]
}
