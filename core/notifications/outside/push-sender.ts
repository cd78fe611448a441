import { createHash } from 'node:crypto'
import type { NotificationKeys } from './notification-keys.ts'
import type { Subscription } from './push-subscriptions.ts'

export interface PushMessage {
  /** Names what a newer message of the same replaces, here and at the push service. */
  readonly topic: string
  readonly payload: string
  readonly isUrgent: boolean
}

/** `gone`: the browser is not subscribed any more; `later`: worth another attempt. */
export type PushOutcome = 'sent' | 'gone' | 'refused' | 'later'

/** A message nobody fetched by then is old news. */
const TTL_S = 12 * 3600
const TIMEOUT_MS = 10_000

/** Web Push (RFC 8030) with the payload sealed for one browser (RFC 8291). */
export class PushSender {
  readonly #keys: () => NotificationKeys
  readonly #contact: string
  readonly #mayReach: (endpoint: URL) => boolean

  /** @param contact `https:` or `mailto:` address that a push service can complain to. */
  constructor(keys: () => NotificationKeys, contact: string, mayReach: (endpoint: URL) => boolean) {
    this.#keys = keys
    this.#contact = contact
    this.#mayReach = mayReach
  }

  /** What a browser needs to subscribe. */
  get publicKey(): string {
    return this.#keys().vapidPublic
  }

  mayReach(endpoint: string): boolean {
    const url = URL.parse(endpoint)
    return url !== null && this.#mayReach(url)
  }

  async send(subscription: Subscription, message: PushMessage): Promise<PushOutcome> {
    /* Asked again: the list may have become shorter since the browser subscribed. */
    if (!this.mayReach(subscription.endpoint)) return 'gone'
    const request = await this.#sealed(subscription, message)
    if (!request) return 'gone'
    try {
      const { status, body } = await fetch(subscription.endpoint, {
        method: 'POST',
        ...request,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await body?.cancel()
      return outcomeOf(status)
    } catch {
      return 'later'
    }
  }

  /** Undefined when the browser's keys are no keys. */
  async #sealed(
    { endpoint, p256dh, auth }: Subscription,
    { payload, topic, isUrgent }: PushMessage,
  ): Promise<{ headers: Record<string, string>; body: Uint8Array<ArrayBuffer> } | undefined> {
    const { default: webPush } = await import('web-push')
    const { vapidPublic, vapidPrivate } = this.#keys()
    try {
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        payload,
        {
          vapidDetails: {
            subject: this.#contact,
            publicKey: vapidPublic,
            privateKey: vapidPrivate,
          },
          TTL: TTL_S,
          contentEncoding: 'aes128gcm',
          urgency: isUrgent ? 'high' : 'normal',
          topic: topicOf(topic),
        },
      )
      const { 'Content-Length': _length, ...rest } = headers as Record<string, unknown>
      const named = Object.entries(rest).map(([name, value]) => [name, String(value)])
      return { headers: Object.fromEntries(named), body: new Uint8Array(body) }
    } catch {
      return undefined
    }
  }
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}

/** At most 32 characters of the URL-safe alphabet, and nothing a push service could read. */
function topicOf(topic: string): string {
  return createHash('sha256').update(topic).digest('base64url').slice(0, 32)
}
