import type { OpenTransaction } from '../../../db/index.ts'
import type { Config } from '../../../config.ts'
import type { Locale } from '../../port/requests.ts'
import type { Calls } from '../../calls/calls.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import { composeLetter, type Mail } from '../../mail/index.ts'
import { publicOriginOf } from '../../public-origin.ts'

/** What the station writes to people about their accounts; the texts are `letter.<kind>.…`. */
export type LetterKind =
  | 'confirm'
  | 'known'
  | 'reset'
  | 'password-changed'
  | 'email'
  | 'email-asked'
  | 'email-changed'

export interface AccountLetter {
  readonly kind: LetterKind
  readonly to: string
  readonly locale: Locale
  readonly values: Readonly<Record<string, string | number>>
  /** Where the button leads, below the station's address. */
  readonly path: string
  /** The path holds a token that only this person may have. */
  readonly isSecret?: boolean
}

export interface AccountLettersParts {
  readonly mail: Mail
  readonly catalogue: Pick<Catalogue, 'translator'>
  readonly calls: Pick<Calls, 'call'>
  readonly config: Pick<Config, 'server' | 'station'>
}

/** Per hour and account: paths that anybody can make send. */
const MAX_PER_HOUR = 3

/** Letters about accounts. Names people chose never stand in what a stranger can make send. */
export class AccountLetters {
  readonly #parts: AccountLettersParts

  constructor(parts: AccountLettersParts) {
    this.#parts = parts
  }

  /** False: links go to the owner's mailbox, and no address can be confirmed. */
  get isCarried(): boolean {
    return this.#parts.mail.isConfigured
  }

  /** Counts one more letter that a stranger has asked for; see `Mail.mayWriteTo`. */
  mayWriteTo(address: string, kind: LetterKind): boolean {
    return this.#parts.mail.mayWriteTo(address, kind, MAX_PER_HOUR)
  }

  /** The language a person has chosen, the station's while nobody keeps profiles. */
  async localeOf(userId: string): Promise<Locale> {
    const { calls, config } = this.#parts
    const profile = (await calls.call('users.profile', { id: userId }).catch(() => null)) as {
      readonly locale?: Locale
    } | null
    return profile?.locale ?? config.station.locale
  }

  urlOf(path: string): string {
    return `${publicOriginOf(this.#parts.config)}${path}`
  }

  async send(tx: OpenTransaction, letter: AccountLetter): Promise<void> {
    const { mail, catalogue, config } = this.#parts
    const { kind, to, locale } = letter
    const t = catalogue.translator(locale)
    const values = { station: config.station.name, ...letter.values }
    const url = this.urlOf(letter.path)
    const composed = composeLetter({
      t,
      locale,
      stationName: config.station.name,
      subject: t(`letter.${kind}.subject`, values),
      paragraphs: [t(`letter.${kind}.text`, values)],
      action: { label: t(`letter.${kind}.button`, values), url },
      notes: [t(`letter.${kind}.note`, values)],
    })
    await mail.send(tx, { to, kind, ...composed, ...(letter.isSecret ? { link: url } : {}) })
  }
}
