import type { Config } from '../../config.ts'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import type { StationAuth } from '../auth/index.ts'
import type { Calls } from '../calls/calls.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { StationLog } from '../log/log.ts'
import type { Mail } from '../mail/index.ts'
import { publicOriginOf } from '../public-origin.ts'
import { notificationOf } from './account-notices.ts'
import { Courier } from './outside/courier.ts'
import type { LiveUpdates } from './index.ts'
import { loadNotificationKeys, type NotificationKeys } from './outside/notification-keys.ts'
import { isPushService } from './outside/push-endpoint.ts'
import { PushSender } from './outside/push-sender.ts'
import { PushSubscriptions } from './outside/push-subscriptions.ts'
import { StationNotifications } from './station-notifications.ts'
import {
  readUnsubscribeToken,
  type Unsubscription,
  unsubscribeToken,
} from './outside/unsubscribe-token.ts'

export interface NotificationGround {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly log: StationLog
  readonly calls: Calls
  readonly catalogue: Catalogue
  readonly mail: Mail
  readonly auth: Pick<StationAuth, 'identityOf' | 'onNotice'>
  readonly live?: LiveUpdates
  /** See `World.deliver`. */
  readonly deliver: boolean
  /** See `World.mayPushTo`. */
  readonly mayPushTo?: ((endpoint: URL) => boolean) | undefined
}

/** The list and its ways out of the station. */
export interface NotificationRoom {
  readonly notifications: StationNotifications
  readonly subscriptions: PushSubscriptions
  readonly sender: PushSender
  readonly courier: Courier
  /** Whom and what a link of a letter is about; null when it is none of ours. */
  readUnsubscribe(token: string): Unsubscription | null
}

export function openNotifications(ground: NotificationGround): NotificationRoom {
  const { config, database, clock, mayPushTo = isPushService } = ground
  const notifications = new StationNotifications(ground)
  ground.auth.onNotice((tx, userId, notice) =>
    notifications.notify(tx, userId, notificationOf(notice)),
  )
  const subscriptions = new PushSubscriptions(database, clock)
  const keys = keysOf(config.dataDir)
  const sender = new PushSender(keys, contactOf(config), mayPushTo)
  const origin = publicOriginOf(config)
  const courier = new Courier({
    ...ground,
    notifications,
    subscriptions,
    sender,
    origin,
    unsubscribeUrl: (userId, kind) => {
      const token = unsubscribeToken(keys().unsubscribe, { userId, kind })
      return `${origin}/notifications/unsubscribe?token=${token}`
    },
  })
  const readUnsubscribe = (token: string): Unsubscription | null =>
    readUnsubscribeToken(keys().unsubscribe, token)
  return { notifications, subscriptions, sender, courier, readUnsubscribe }
}

/** Read, or made, when somebody is pushed to or mailed first. */
function keysOf(dataDir: string): () => NotificationKeys {
  let kept: NotificationKeys | undefined
  return () => (kept ??= loadNotificationKeys(dataDir))
}

/** Push services want to know whom to ask when a station misbehaves. */
function contactOf({ server, mail }: Config): string {
  if (server.publicUrl?.startsWith('https:')) return server.publicUrl
  const [address = 'noreply@localhost'] = /[^\s<>]+@[^\s<>]+/.exec(mail.from ?? '') ?? []
  return `mailto:${address}`
}
