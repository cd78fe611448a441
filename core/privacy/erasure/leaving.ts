import { fullDate } from '../../../templates/index.ts'
import type { OpenTransaction } from '../../../db/index.ts'
import type { Actor, Locale } from '../../port/requests.ts'
import type { Client, StationAuth } from '../../auth/index.ts'
import { coreErrors } from '../../errors.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import { composeLetter } from '../../mail/compose-letter.ts'
import type { Mail } from '../../mail/index.ts'
import type { StationNotifications } from '../../notifications/station-notifications.ts'
import type { ErasureRequests } from './erasure-requests.ts'
import { privacyErrors } from '../errors.ts'
import type { ErasedContent } from '../index.ts'

export interface LeavingParts {
  readonly auth: Pick<StationAuth, 'verifyLogin' | 'identityOf'>
  readonly erasures: ErasureRequests
  readonly mail: Mail
  readonly catalogue: Catalogue
  readonly station: { readonly name: string; readonly locale: Locale }
  readonly origin: () => string
  readonly notifications: Pick<StationNotifications, 'notify'>
}

const STAYS = {
  ru: 'Вы вошли, поэтому удаление аккаунта отменено. Если это были не вы, смените пароль',
  en: 'You signed in, so the deletion of your account is cancelled. If it was not you, change your password',
}

export interface Farewell {
  readonly password: string
  readonly content: ErasedContent
  /** Where a form asks for it: the person's own address, typed once more. */
  readonly address?: string
}

/** How a person leaves the station, and comes back within the time they have for it. */
export class Leaving {
  readonly #parts: LeavingParts

  constructor(parts: LeavingParts) {
    this.#parts = parts
  }

  /**
   * Ends every session and plans the erasure; a letter says when, and what keeps the account.
   *
   * @returns when the data are erased, ISO 8601. @throws QL_AUTH_WRONG_CREDENTIALS,
   * QL_AUTH_TOO_MANY_ATTEMPTS, QL_BUSY, QL_PRIVACY_ADDRESS_WRONG, QL_PRIVACY_OWNER_STAYS.
   */
  async ask(
    actor: Actor,
    { password, content, address }: Farewell,
    { client, locale }: { readonly client: Client; readonly locale: Locale },
  ): Promise<string> {
    const { auth, erasures } = this.#parts
    const account = await auth.identityOf(actor.id)
    if (!account) throw coreErrors.QL_NOT_FOUND()
    if (address !== undefined && address.trim().toLowerCase() !== account.email.toLowerCase()) {
      throw privacyErrors.QL_PRIVACY_ADDRESS_WRONG()
    }
    await auth.verifyLogin({ login: account.username, password }, client)
    return erasures.request(account.id, content, 'the person has asked for it', (tx, dueAt) =>
      this.#write(tx, account.email, locale, dueAt),
    )
  }

  /** Called where a session begins: whoever signs in again stays, and is told so here and by letter. */
  async onReturn(tx: OpenTransaction, userId: string): Promise<void> {
    const { erasures, notifications } = this.#parts
    if (!(await erasures.cancel(tx, userId))) return
    const url = '/settings#security'
    await notifications.notify(tx, userId, { kind: 'security', text: STAYS, url })
  }

  async #write(tx: OpenTransaction, to: string, locale: Locale, dueAt: string): Promise<void> {
    const { catalogue, mail, station, origin } = this.#parts
    const t = catalogue.translator(locale)
    const values = { station: station.name, day: fullDate(dueAt, locale, 'UTC') }
    const letter = composeLetter({
      t,
      locale,
      stationName: station.name,
      subject: t('letter.leaving.subject', values),
      paragraphs: [t('letter.leaving.text', values), t('letter.leaving.more', values)],
      action: { label: t('letter.leaving.action'), url: `${origin()}/auth/login` },
      notes: [t('letter.leaving.note')],
    })
    await mail.send(tx, { to, kind: 'leaving', ...letter })
  }
}
