import { h } from 'preact'
import { fullDate, MailQueuePage, timeOfDay, type Translate } from '../../templates/index.ts'
import type { Locale, ModuleRequest } from '../port/requests.ts'
import { coreErrors } from '../errors.ts'
import { corePage } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { HtmlPage } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'
import type { FillSlot } from '../views/slots.ts'
import type { QueuedLetter } from './index.ts'
import { type QueueServices, sendAgain } from './queue-routes.ts'

const PATH = '/admin/mail'

export interface QueuePageServices extends QueueServices {
  readonly catalogue: Catalogue
}

/** The section of the queue, while somebody carries letters. */
export function mailQueueSection({ mail, catalogue }: QueuePageServices): FillSlot {
  return async ({ locale }) => {
    if (!mail.isConfigured) return null
    const label = catalogue.translator(locale)('mailbox.section')
    return { order: 80, link: { href: PATH, icon: 'mail', label } }
  }
}

/**
 * Letters on their way, for staff: to whom, about what, what went wrong. What stands in them is
 * not shown, because it lets other people in.
 */
export function mailQueuePages(services: QueuePageServices): readonly DockedRoute[] {
  return [
    corePage('GET', PATH, { policy: 'admin' }, (request) => queue(services, request)),
    corePage('POST', `${PATH}/:id/retry`, { policy: 'admin' }, async ({ params }) => {
      await sendAgain(services, params['id'] ?? '')
      return { kind: 'redirect', to: `${PATH}?retried` }
    }),
  ]
}

async function queue(
  { mail, catalogue }: QueuePageServices,
  { locale, query }: ModuleRequest,
): Promise<HtmlPage> {
  if (!mail.isConfigured) throw coreErrors.QL_NOT_FOUND()
  const t = catalogue.translator(locale)
  const [waiting, dead] = await Promise.all([mail.letters('ready'), mail.letters('dead')])
  const shown = (letters: readonly QueuedLetter[]) =>
    letters.map((letter) => shownLetter(letter, t, locale))
  const html = renderView(
    h(MailQueuePage, {
      t,
      locale,
      waiting: shown(waiting),
      dead: shown(dead),
      isRetried: query['retried'] !== undefined,
    }),
  )
  const title = t('mailbox.section')
  return { kind: 'html', shell: 'admin', title, html, head: { noindex: true } }
}

function shownLetter(letter: QueuedLetter, t: Translate, locale: Locale) {
  const { id, to, kind, createdAt, nextAt, attempts, error } = letter
  const key = `mailQueue.kind.${kind}`
  const about = t(key)
  const moment = (at: string): string =>
    `${fullDate(at, locale, 'UTC')}, ${timeOfDay(at, locale, 'UTC')} UTC`
  return {
    id,
    to,
    about: about === key ? kind : about,
    at: createdAt,
    time: moment(createdAt),
    next: moment(nextAt),
    attempts,
    error,
  }
}
