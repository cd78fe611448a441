import type { OpenTransaction } from '../../db/index.ts'
import type { CallName, Json } from '../port/events.ts'
import type { Locale } from '../port/requests.ts'

/** One thing a person is told. */
export interface NewNotification {
  /** For a module one of `notifications` in its module.json; decides where the person hears of it. */
  readonly kind: string
  /**
   * A sentence. With `actorId` it goes on after that person's name: «отвечает под «Туман»» /
   * “replies to “Fog””. Plain text, cut after 300 characters.
   */
  readonly text: Readonly<Record<Locale, string>>
  /** The same for several people: «отвечают под «Туман»». Default: `text`. */
  readonly many?: Readonly<Record<Locale, string>>
  /** The words it is about, shown below on two lines; the same in both languages. */
  readonly quote?: string
  /** Path on this station. */
  readonly url: string
  /** Whose portrait stands beside it. Nobody is told of their own acts. */
  readonly actorId?: string
  /**
   * While the person has not read the line, the next notification of the same kind and key changes
   * it instead of adding one: «Вера Лунина и ещё 85 человек …».
   */
  readonly fold?: string
  /** `comment/<id>`: what `withdraw` takes back. */
  readonly subject?: string
  /**
   * A call of the same module that says what a push says at the moment it leaves, for what may have
   * changed meanwhile; see {@link PushQuestion}. Needs `subject` and `fold`, which is the push's tag;
   * `text` is shown where the person keeps words off their screens.
   */
  readonly toldBy?: CallName
}

/** One that the station itself makes. */
export interface OwnNotification extends NewNotification {
  /** True: a letter of its own is on its way, so that none is made of the line. */
  readonly hasLetter?: true
}

/** What the call of `toldBy` is asked. */
export interface PushQuestion {
  readonly userId: string
  /** As `notify` was given it. */
  readonly subject: string
  readonly locale: Locale
  /** True: it has answered before, and some browser could not be reached then. */
  readonly again: boolean
}

/** What it answers; null when there is nothing to tell any more, or it has been told. */
export interface PushWords {
  readonly title: string
  readonly text: string
  /** Path on this station. */
  readonly url: string
  /** Raised by whatever is told under the tag: a browser that shows this one already stays silent. */
  readonly seq: number
  /** What waits beside the list of notifications, for the number on the app's icon. */
  readonly waiting: number
  /** True: an open page that has acknowledged all its updates has shown it. */
  readonly isInUpdates: boolean
}

/** Tells people what has happened: in the list, by push, by mail, as each has chosen. */
export interface Notifications {
  /**
   * Writes it beside the state change that causes it. Open pages hear after the commit; push waits
   * five seconds and mail a minute, and neither leaves when the person has read it meanwhile.
   *
   * @throws Error for an unknown kind, or an address that is not a path.
   */
  notify(tx: OpenTransaction, userId: string, notification: NewNotification): Promise<void>
  /**
   * Takes back what is about something that is gone, from everybody's list. A line that tells of
   * several people goes on without those whose subject it was.
   */
  withdraw(tx: OpenTransaction, subject: string): Promise<void>
}

/** Where a person can hear of something. */
export type Channel = 'inApp' | 'push' | 'mail'

export type ChannelChoice = Readonly<Record<Channel, boolean>>

/** What a page filters by: about me, my blog, the station. */
export type NotificationGroup = 'me' | 'blog' | 'station'

/** Who is behind a line. */
export interface NotificationActor {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly avatar?: string
}

/** One line of the list, in the reader's language. */
export interface NotificationLine {
  readonly id: string
  readonly kind: string
  readonly group: NotificationGroup
  readonly icon: string
  readonly text: string
  readonly quote: string | null
  /** Path on this station. */
  readonly url: string
  /** The last one; null when nobody is behind it, or the account is gone. */
  readonly actor: NotificationActor | null
  /** How many more people did the same. */
  readonly others: number
  /** ISO 8601, UTC */
  readonly at: string
  readonly isRead: boolean
}

/** Tells open pages; the realtime hub does it. */
export interface LiveUpdates {
  push(
    tx: OpenTransaction,
    userId: string,
    type: string,
    data: Readonly<Record<string, Json>>,
  ): Promise<void>
  /** Whether a page that is open in this session has acknowledged all its updates. */
  hasHeardAll(userId: string, sessionId: string): boolean
}
