import type { App } from '../../app.ts'
import type { Binder } from '../binder.ts'
import type { Ask } from './docking-port.ts'

/** The module's side of what people are told. */
export function notificationPart(
  binder: Binder,
  ask: Ask,
): Pick<App, 'notify' | 'withdrawNotifications'> {
  return {
    notify: async (userId, notification) => {
      await ask('notify', binder.inDelivery({ userId, notification }))
    },
    withdrawNotifications: async (subject) => {
      await ask('notify-withdraw', binder.inDelivery({ subject }))
    },
  }
}
