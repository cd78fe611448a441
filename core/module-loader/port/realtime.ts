import type { App } from '../../app.ts'
import type { Binder } from '../binder.ts'
import type { Ask } from './docking-port.ts'

/** The module's side of sockets: what it tells people, and what their pages may ask of it. */
export function realtimePart(binder: Binder, ask: Ask): Pick<App, 'realtime' | 'method'> {
  return {
    realtime: {
      push: async (userIds, type, data) => {
        await ask('realtime-push', binder.inDelivery({ userIds: [userIds].flat(), type, data }))
      },
      signal: (userIds, type, data) => void ask('realtime-signal', { userIds, type, data }),
      online: async (userIds) => (await ask('realtime-online', { userIds })) as readonly string[],
      onPresence: (handler) => binder.bind('presence', {}, handler),
      topics: (by) => binder.bind('topics', { by }, () => undefined),
    },
    method: (name, options, handler) => {
      if (options.policy === undefined) {
        throw new Error(`The method ${name} has no policy. Add one, such as policy: 'member'`)
      }
      binder.bind('methods', { name, options }, handler)
    },
  }
}
