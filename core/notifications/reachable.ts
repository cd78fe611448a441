import type { Calls } from '../calls/calls.ts'
import { Type } from '../type.ts'
import type { PushSubscriptions } from './push-subscriptions.ts'
import type { StationNotifications } from './station-notifications.ts'

interface Asked {
  /** As settings know it: `messaging.message`. */
  readonly kind: string
  /** At most 500. */
  readonly userIds: readonly string[]
}

declare global {
  interface QuarkCalls {
    /** Those of the people who want to be pushed to about a kind, and can be. */
    'notifications.reachable': { input: Asked; output: string[] }
  }
}

const Id = Type.String({ maxLength: 64 })

/** Lets a module tell a crowd without a word to the many who would not hear it. */
export function provideReachable(
  calls: Calls,
  notifications: StationNotifications,
  subscriptions: PushSubscriptions,
): void {
  calls.provide('notifications.reachable', {
    owner: 'core',
    input: Type.Object(
      { kind: Id, userIds: Type.Array(Id, { maxItems: 500 }) },
      { additionalProperties: false },
    ),
    output: Type.Array(Id),
    answer: async (input) => {
      const { kind: id, userIds } = input as Asked
      const kind = notifications.kinds.find(id)
      if (!kind) return []
      return notifications.choices.wantingPush(kind, await subscriptions.reachable(userIds))
    },
  })
}
