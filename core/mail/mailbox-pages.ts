import { h } from 'preact'
import { fullDate, MailboxLetterPage, MailboxPage, timeOfDay } from '../../templates/index.ts'
import type { Locale, ModuleRequest } from '../port/requests.ts'
import type { Calls } from '../calls/calls.ts'
import { coreErrors } from '../errors.ts'
import { corePage, coreRoute } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import { zoneOf } from '../notifications/people.ts'
import type { HtmlPage } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'
import type { FillSlot } from '../views/slots.ts'
import type { PostOffice, QueuedLetter } from './index.ts'

/** Styles of a letter stand in its elements; it can fetch, send and run nothing. */
const LETTER_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

const FRESH = { policy: 'owner', stepUp: true } as const
const FRAMED = { kind: 'html', shell: 'admin', head: { noindex: true } } as const

/** The section of the mailbox, while there is one. */
export function mailboxSection(mail: PostOffice, catalogue: Catalogue): FillSlot {
  return async ({ locale }) => {
    if (mail.isConfigured) return null
    const label = catalogue.translator(locale)('mailbox.section')
    return { order: 80, link: { href: '/admin/mailbox', icon: 'mail', label } }
  }
}

/**
 * The development mailbox: for the owner alone, and only while nobody carries letters, because they
 * hold links that let other people in. Reading one needs a fresh proof.
 */
export function mailboxPages(
  mail: PostOffice,
  catalogue: Catalogue,
  calls: Calls,
): readonly DockedRoute[] {
  const find = async ({ params }: ModuleRequest): Promise<QueuedLetter> => {
    const letter = mail.isConfigured ? null : await mail.find(params['id'] ?? '')
    if (!letter) throw coreErrors.QL_NOT_FOUND()
    return letter
  }
  const zone = ({ actor }: ModuleRequest): Promise<string> => zoneOf(calls, actor?.id ?? '')
  return [
    corePage('GET', '/admin/mailbox', { policy: 'owner' }, async (request): Promise<HtmlPage> => {
      if (mail.isConfigured) throw coreErrors.QL_NOT_FOUND()
      const { locale } = request
      const t = catalogue.translator(locale)
      const timeZone = await zone(request)
      const letters = (await mail.letters()).map((letter) => headOf(letter, locale, timeZone))
      const html = renderView(h(MailboxPage, { t, locale, letters }))
      return { ...FRAMED, title: t('mailbox.title'), html }
    }),
    corePage('GET', '/admin/mailbox/:id', FRESH, async (request): Promise<HtmlPage> => {
      const { locale } = request
      const letter = await find(request)
      const { text, link, id } = letter
      const htmlHref = `/admin/mailbox/${id}/html`
      const t = catalogue.translator(locale)
      const head = headOf(letter, locale, await zone(request))
      const props = { t, ...head, locale, text, link, htmlHref }
      const html = renderView(h(MailboxLetterPage, props))
      return { ...FRAMED, title: letter.subject, html }
    }),
    coreRoute(
      'GET',
      '/admin/mailbox/:id/html',
      { ...FRESH, summary: 'A letter as mail programs show it' },
      async (request) => {
        const { html } = await find(request)
        const headers = {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': LETTER_CSP,
        }
        return { headers, body: html }
      },
    ),
  ]
}

function headOf({ id, to, subject, createdAt }: QueuedLetter, locale: Locale, timeZone: string) {
  const time = `${fullDate(createdAt, locale, timeZone)}, ${timeOfDay(createdAt, locale, timeZone)}`
  return { id, to, subject, at: createdAt, time }
}
