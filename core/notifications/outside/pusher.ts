import type { Config } from '../../../config.ts'
import type { Calls } from '../../calls/calls.ts'
import { CodedError } from '../../errors.ts'
import type { Errand } from './errands.ts'
import { tagOf } from '../inbox.ts'
import type { LiveUpdates, PushQuestion, PushWords } from '../index.ts'
import type { Message } from './message.ts'
import type { PushMessage, PushSender } from './push-sender.ts'
import type { PushSubscriptions, Subscription } from './push-subscriptions.ts'
import type { StationNotifications } from '../station-notifications.ts'

export interface PusherParts {
  readonly calls: Calls
  readonly notifications: StationNotifications
  readonly subscriptions: PushSubscriptions
  readonly sender: PushSender
  /** Its name may change while it runs. */
  readonly config: Pick<Config, 'station'>
  /** `https://example.org` */
  readonly origin: string
  readonly live?: LiveUpdates | undefined
}

/** What a push shows, before it is put into the form of Declarative Web Push. */
interface Shown {
  readonly title: string
  readonly body: string
  readonly path: string
  readonly badge: number
  /** See {@link PushWords}. */
  readonly seq?: number
}

/** Some push services were not there; the other browsers have it. */
export class UnreachedError extends Error {
  override readonly name = 'UnreachedError'
  readonly browsers: readonly string[]

  constructor(browsers: readonly string[]) {
    super('A push service is not there')
    this.browsers = browsers
  }
}

/** Says a notification to the browsers of its person. */
export class Pusher {
  readonly #parts: PusherParts

  constructor(parts: PusherParts) {
    this.#parts = parts
  }

  /** @throws UnreachedError when another attempt may reach more browsers. */
  async push(errand: Errand, message: Message): Promise<void> {
    const { sender, subscriptions } = this.#parts
    const { row } = message
    const all = await subscriptions.of(row.user_id)
    const browsers = all.filter(({ id }) => errand.browsers?.includes(id) ?? true)
    if (browsers.length === 0) return
    const words = row.teller === null ? undefined : await this.#ask(errand, message)
    if (words === null) return
    const push = await this.#pushOf(message, words)
    const later: string[] = []
    await Promise.all(
      browsers.map(async (browser) => {
        if (words?.isInUpdates && this.#hasShown(row.user_id, browser)) return
        const outcome = await sender.send(browser, push)
        if (outcome === 'gone') await subscriptions.drop(browser.id)
        if (outcome === 'later') later.push(browser.id)
      }),
    )
    if (later.length > 0) throw new UnreachedError(later)
  }

  /** A page that is open in that browser has said it already. */
  #hasShown(userId: string, { sessionId }: Subscription): boolean {
    return this.#parts.live?.hasHeardAll(userId, sessionId) ?? false
  }

  async #ask({ browsers }: Errand, { row, locale }: Message): Promise<PushWords | null> {
    const { teller: by, user_id: userId, subject } = row
    /* It is kept under the name of its module. */
    const [, own = ''] = /^[^:]+:(.*)$/.exec(subject ?? '') ?? []
    const question: PushQuestion = { userId, subject: own, locale, again: browsers !== null }
    try {
      return (await this.#parts.calls.call(by ?? '', question)) as PushWords | null
    } catch (error) {
      /* The module is gone, and what it would have told with it. */
      if (error instanceof CodedError && error.code === 'QL_CALL_UNAVAILABLE') return null
      throw error
    }
  }

  async #pushOf(message: Message, words: PushWords | undefined): Promise<PushMessage> {
    const { notifications } = this.#parts
    const { row, locale } = message
    const [unread, isDiscreet] = await Promise.all([
      notifications.unread(row.user_id),
      notifications.choices.isDiscreet(row.user_id),
    ])
    const shown = words
      ? this.#told(message, words, { unread, isDiscreet })
      : this.#plain(message, { unread, isDiscreet })
    const isUrgent = notifications.kinds.find(row.kind)?.isMandatory === true
    const tag = tagOf(row)
    return {
      topic: tag,
      payload: payloadOf(shown, { tag, locale, origin: this.#parts.origin }),
      isUrgent,
    }
  }

  #plain({ row, line, sentence, t }: Message, { unread, isDiscreet }: Standing): Shown {
    const said = [sentence, line.quote].filter((part) => part !== null)
    return {
      title: this.#parts.config.station.name,
      body: isDiscreet ? t('notifications.discreet') : said.join('\n'),
      path: `/notifications/${row.id}`,
      badge: unread,
    }
  }

  /** Who and where is kept off a discreet screen, too. */
  #told({ line }: Message, words: PushWords, { unread, isDiscreet }: Standing): Shown {
    const { title, text, url, seq, waiting } = words
    const said = isDiscreet
      ? { title: this.#parts.config.station.name, body: line.text }
      : { title, body: text }
    return { ...said, path: url, badge: unread + waiting, seq }
  }
}

interface Standing {
  readonly unread: number
  readonly isDiscreet: boolean
}

/** In the form of Declarative Web Push, which a service worker reads as well. */
function payloadOf(
  { title, body, path, badge, seq }: Shown,
  {
    tag,
    locale,
    origin,
  }: { readonly tag: string; readonly locale: string; readonly origin: string },
): string {
  return JSON.stringify({
    web_push: 8030,
    notification: {
      title,
      body,
      navigate: `${origin}${path}`,
      tag,
      lang: locale,
      app_badge: String(badge),
      ...(seq === undefined ? {} : { data: { seq } }),
    },
  })
}
