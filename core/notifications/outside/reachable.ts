import type { Clock } from '../../app.ts'
import type { Calls } from '../../calls/calls.ts'
import { Type } from '../../type.ts'
import type { PushSubscriptions } from './push-subscriptions.ts'
import type { StationNotifications } from '../station-notifications.ts'

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
    /** All such people where they are at most 500, as of the last two seconds; null where they are more. */
    'notifications.few-reachable': { input: Pick<Asked, 'kind'>; output: string[] | null }
  }
}

const Id = Type.String({ maxLength: 64 })
const FEW = 500
/** Another process on the same database may have added somebody meanwhile. */
const KEPT_MS = 2_000

/** Lets a module tell a crowd without a word to the many who would not hear it. */
export function provideReachable(
  calls: Calls,
  notifications: StationNotifications,
  subscriptions: PushSubscriptions,
  clock: Clock,
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
  const few = new FewReachable(notifications, subscriptions, clock)
  calls.provide('notifications.few-reachable', {
    owner: 'core',
    input: Type.Object({ kind: Id }, { additionalProperties: false }),
    output: Type.Union([Type.Array(Id), Type.Null()]),
    answer: (input) => few.wanting((input as Asked).kind),
  })
}

interface Kept {
  readonly people: Promise<string[] | null>
  readonly untilMs: number
  readonly version: string
}

/** What every message of every chat asks, looked up at most once in {@link KEPT_MS} or after a change here. */
class FewReachable {
  readonly #notifications: StationNotifications
  readonly #subscriptions: PushSubscriptions
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()

  constructor(notifications: StationNotifications, subscriptions: PushSubscriptions, clock: Clock) {
    this.#notifications = notifications
    this.#subscriptions = subscriptions
    this.#clock = clock
  }

  async wanting(id: string): Promise<string[] | null> {
    const kind = this.#notifications.kinds.find(id)
    if (!kind) return []
    const { choices } = this.#notifications
    const now = this.#clock.now().getTime()
    const version = `${this.#subscriptions.changes}/${choices.changes}`
    const kept = this.#kept.get(id)
    if (kept && kept.untilMs > now && kept.version === version) return kept.people
    const people = this.#subscriptions.few(FEW).then((all) => all && choices.wantingPush(kind, all))
    this.#kept.set(id, { people, untilMs: now + KEPT_MS, version })
    people.catch(() => this.#kept.delete(id))
    return people
  }
}
