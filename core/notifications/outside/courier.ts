import type { Clock, Log } from '../../app.ts'
import type { Locale } from '../../port/requests.ts'
import type { Auth } from '../../auth/index.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { Database } from '../../../db/index.ts'
import { Rounds } from '../../jobs/rounds.ts'
import type { Scheduler } from '../../jobs/scheduler.ts'
import { composeLetter, type Mail } from '../../mail/index.ts'
import type { Errand } from './errands.ts'
import { lineOf, sentenceOf } from '../line.ts'
import type { Message } from './message.ts'
import { type KnownPerson, peopleOf } from '../people.ts'
import { Pusher, type PusherParts, UnreachedError } from './pusher.ts'

export interface CourierParts extends PusherParts {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly catalogue: Catalogue
  readonly mail: Mail
  readonly auth: Pick<Auth, 'identityOf'>
  readonly unsubscribeUrl: (userId: string, kind: string) => string
  /** False: another process delivers. */
  readonly deliver: boolean
}

const POLL_MS = 2_000
const BATCH = 8
/** After that long nobody looks for what they have read. */
const READ_DAYS = 90
/** Waits after the first, second … failed attempt; the fifth failure is the last. */
const WAITS_S = [10, 60, 600, 3_600]

/** Takes out of the station what people want to hear there and have not read meanwhile. */
export class Courier {
  readonly #parts: CourierParts
  readonly #pusher: Pusher
  readonly #rounds: Rounds

  constructor(parts: CourierParts) {
    this.#parts = parts
    this.#pusher = new Pusher(parts)
    this.#rounds = new Rounds({
      everyMs: POLL_MS,
      take: () => this.#takeDue(),
      failed: (error) => parts.log.error('Notifications stand still', { error: String(error) }),
    })
    parts.notifications.onErrand(() => this.#rounds.wake())
  }

  async start(scheduler: Pick<Scheduler, 'add'>): Promise<void> {
    await scheduler.add('core/notifications', '23 3 * * *', () => this.#forget())
    if (this.#parts.deliver) this.#rounds.start()
  }

  /** Answers when nothing is due by the clock. */
  settle(): Promise<void> {
    return this.#rounds.settle()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  async #forget(): Promise<void> {
    const { clock, database, notifications } = this.#parts
    const before = new Date(clock.now().getTime() - READ_DAYS * 24 * 3600 * 1000)
    await database.transaction((tx) => notifications.inbox.forget(tx, before))
  }

  async #takeDue(): Promise<number> {
    const errands = await this.#parts.notifications.errands.claim(BATCH)
    await Promise.all(errands.map((errand) => this.#take(errand)))
    return errands.length
  }

  async #take(errand: Errand): Promise<void> {
    try {
      const message = await this.#messageOf(errand.id)
      if (message && errand.channel === 'mail') return await this.#mail(errand, message)
      if (message) await this.#pusher.push(errand, message)
      await this.#finish(errand)
    } catch (error) {
      await this.#putOff(errand, error)
    }
  }

  async #putOff(errand: Errand, error: unknown): Promise<void> {
    const seconds = WAITS_S[errand.attempt - 1]
    const { id: notification, channel, attempt } = errand
    const fields = { notification, channel, attempt, error: String(error) }
    if (seconds !== undefined) {
      this.#parts.log.warn('A notification did not get out; it is tried again', fields)
      const browsers = error instanceof UnreachedError ? error.browsers : errand.browsers
      await this.#parts.notifications.errands.putOff(errand, seconds * 1000, browsers)
      return
    }
    this.#parts.log.error('A notification did not get out', fields)
    await this.#finish(errand)
  }

  async #finish(errand: Errand): Promise<void> {
    await this.#parts.database.transaction((tx) =>
      this.#parts.notifications.errands.done(tx, errand),
    )
  }

  /** Undefined when it has been taken back or read. */
  async #messageOf(id: string): Promise<Message | undefined> {
    const { notifications, calls, catalogue } = this.#parts
    const row = await notifications.inbox.byId(id)
    if (!row || (row.is_listed === 1 && row.read_at !== null)) return undefined
    const people = await peopleOf(calls, [row.actor_id, row.user_id])
    const locale = this.#localeOf(people.get(row.user_id))
    const t = catalogue.translator(locale)
    const line = lineOf(row, { t, locale, kinds: notifications.kinds, people })
    return { row, line, t, locale, sentence: sentenceOf(line, t) }
  }

  #localeOf(person: KnownPerson | undefined): Locale {
    return person?.locale ?? this.#parts.config.station.locale
  }

  /** The letter is queued and the errand done in one transaction: it is written once. */
  async #mail(errand: Errand, message: Message): Promise<void> {
    const { auth, database, mail, notifications } = this.#parts
    const { row } = message
    const identity = await auth.identityOf(row.user_id)
    if (!identity || identity.status !== 'active') return this.#finish(errand)
    const letter = this.#letterOf(message)
    await database.transaction(async (tx) => {
      if (!(await notifications.errands.done(tx, errand))) return
      await mail.send(tx, { to: identity.email, kind: 'notification', ...letter })
    })
  }

  #letterOf({ row, line, sentence, t, locale }: Message): ReturnType<typeof composeLetter> {
    const { config, notifications, origin, unsubscribeUrl } = this.#parts
    const isMandatory = notifications.kinds.find(row.kind)?.isMandatory === true
    return composeLetter({
      t,
      locale,
      stationName: config.station.name,
      subject: sentence,
      paragraphs: line.quote === null ? [] : [line.quote],
      action: { label: t('notifications.open'), url: `${origin}/notifications/${row.id}` },
      ...(isMandatory
        ? { notes: [t('notifications.mandatory')] }
        : { unsubscribeUrl: unsubscribeUrl(row.user_id, row.kind) }),
    })
  }
}
