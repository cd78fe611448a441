import { h } from 'preact'
import { UnsubscribePage } from '../../../templates/index.ts'
import type { ModuleRequest } from '../../port/requests.ts'
import { coreErrors } from '../../errors.ts'
import { corePage } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { HtmlPage } from '../../views/page.ts'
import { renderView } from '../../views/render-view.ts'
import type { NotificationRoom } from '../notification-room.ts'
import type { Unsubscription } from '../outside/unsubscribe-token.ts'

const PATH = '/notifications/unsubscribe'
const LIMIT = { max: 60, windowS: 600 }

/**
 * The end of letters of one kind. Looking changes nothing, because mail scanners look at every link;
 * the button and the one click of a mail program (RFC 8058) post. Neither is signed in.
 */
export function unsubscribePages(
  room: NotificationRoom,
  catalogue: Catalogue,
): readonly DockedRoute[] {
  const page = (request: ModuleRequest, about: Unsubscription, isDone: boolean): HtmlPage => {
    const { locale } = request
    const kind = room.notifications.kinds.find(about.kind)?.title[locale] ?? about.kind
    const action = `${PATH}?token=${encodeURIComponent(String(request.query['token']))}`
    const t = catalogue.translator(locale)
    return {
      kind: 'html',
      title: t('unsubscribe.title'),
      shell: 'bare',
      html: renderView(h(UnsubscribePage, { t, locale, kind, isDone, action })),
      head: { noindex: true },
    }
  }
  const readToken = ({ query }: ModuleRequest): Unsubscription => {
    const about = room.readUnsubscribe(query['token'] ?? '')
    if (!about) throw coreErrors.QL_NOT_FOUND()
    return about
  }
  return [
    corePage('GET', PATH, { policy: 'public', limit: LIMIT }, async (request) =>
      page(request, readToken(request), false),
    ),
    corePage('POST', PATH, { policy: 'public', limit: LIMIT }, async (request) => {
      const about = readToken(request)
      await room.notifications.choices.change(
        about.userId,
        new Map([[about.kind, { mail: false }]]),
      )
      return page(request, about, true)
    }),
  ]
}
