import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { SlotContext } from '../../views/page.ts'
import type { NotificationRoom } from '../notification-room.ts'
import { choiceApi } from './choices.ts'
import { notificationApi } from './api.ts'
import { notificationPages, type NotificationPageServices } from './pages.ts'
import { pushApi } from './push.ts'
import { rowPages } from './rows.ts'
import { notificationSettings, type SettingsCardServices } from './settings-card.ts'
import { unsubscribePages } from './unsubscribe.ts'

export interface NotificationRouteServices extends NotificationPageServices, SettingsCardServices {
  readonly notificationRoom: NotificationRoom
}

/** Everything people meet of it. Also fills its places in the shell and in the settings. */
export function notificationRoutes(services: NotificationRouteServices): readonly DockedRoute[] {
  const { notificationRoom, notifications, catalogue, slots } = services
  fillBell(services)
  return [
    ...notificationApi(notifications),
    ...choiceApi(notifications),
    ...pushApi(notificationRoom, slots),
    ...notificationPages(services),
    ...rowPages(notifications),
    ...notificationSettings(services),
    ...unsubscribePages(notificationRoom, catalogue),
  ]
}

/** The bell stands after what people came for: home, reading, writing. */
const ORDER = 60

function fillBell({ slots, notifications, catalogue }: NotificationRouteServices): void {
  slots.add('nav', {
    module: 'core',
    mayUseHtml: true,
    fill: async ({ actor, locale }: SlotContext) => {
      if (!actor) return null
      const label = catalogue.translator(locale)('notifications.title')
      const badge = await notifications.unread(actor.id)
      return { order: ORDER, link: { href: '/notifications', icon: 'bell', label, badge } }
    },
  })
}
