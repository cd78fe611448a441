import type { OpenTransaction } from '../../../db/index.ts'
import type { NewNotification, Notifications } from '../../notifications/index.ts'
import { NewNotificationSchema } from '../../notifications/schema.ts'
import { problemsOf } from '../../schema.ts'
import type { Manifest } from '../manifest/manifest.ts'

type Input = Record<string, unknown>
type Effect = (tx: OpenTransaction) => Promise<void>

interface HostFacts {
  readonly notices: () => ModuleNotices
  /** Runs in a transaction, or with the acknowledgement of a delivery. */
  readonly effect: (delivery: unknown, run: Effect) => Promise<void>
}

/** What one module tells people: its own kinds, about its own subjects. */
export class ModuleNotices {
  readonly #manifest: Manifest
  readonly #notifications: Notifications

  constructor(manifest: Manifest, notifications: Notifications) {
    this.#manifest = manifest
    this.#notifications = notifications
  }

  async notify(tx: OpenTransaction, userId: string, notification: NewNotification): Promise<void> {
    await this.#notifications.notify(tx, userId, this.owned(notification))
  }

  async withdraw(tx: OpenTransaction, subject: string): Promise<void> {
    await this.#notifications.withdraw(tx, `${this.#manifest.id}:${subject}`)
  }

  /** @throws Error for a kind that module.json does not declare, or a malformed notification. */
  owned(notification: NewNotification): NewNotification {
    const { id, notifications = {} } = this.#manifest
    const { kind, subject } = notification
    const [wrong] = problemsOf(NewNotificationSchema, notification)
    if (wrong) throw new Error(`${id} notifies with ${wrong.path}: ${wrong.en}`)
    if (!Object.hasOwn(notifications, kind)) {
      throw new Error(`${id} notifies of ${kind}. Add it to /notifications of module.json`)
    }
    this.#checkTeller(notification)
    const about = subject === undefined ? {} : { subject: `${id}:${subject}` }
    return { ...notification, ...about, kind: `${id}.${kind}` }
  }

  #checkTeller({ toldBy, subject, fold }: NewNotification): void {
    if (toldBy === undefined) return
    const { id, calls } = this.#manifest
    if (!Object.hasOwn(calls.provides, toldBy)) {
      throw new Error(`${id} has ${toldBy} tell. Add it to /calls/provides of module.json`)
    }
    if (subject === undefined || fold === undefined) {
      throw new Error(`${id} has ${toldBy} tell of what has no subject or no fold`)
    }
  }
}

/** The host's side of what a module tells people. */
export function notificationAnswers({ notices, effect }: HostFacts) {
  return {
    notify: async ({ userId, notification, delivery }: Input): Promise<void> => {
      const checked = notification as NewNotification
      /* In a delivery the effect runs later: what is wrong is said where it is asked. */
      notices().owned(checked)
      await effect(delivery, (tx) => notices().notify(tx, String(userId), checked))
    },
    'notify-withdraw': async ({ subject, delivery }: Input): Promise<void> =>
      effect(delivery, (tx) => notices().withdraw(tx, String(subject))),
  }
}
