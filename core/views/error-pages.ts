import { h } from 'preact'
import { ErrorPage } from '../../templates/index.ts'
import { bringsSession } from '../auth/session/cookies.ts'
import type { ErrorPages } from '../http/answers/error-answer.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Documents } from './documents.ts'
import { renderView } from './render-view.ts'

/**
 * Failures as pages of the station, in the visitor's language and colours. Whoever failed is not
 * asked for in the database; who seems to be signed in is not offered to do it again.
 */
export function errorPagesOf(
  catalogue: Catalogue,
  documents: Documents,
  sessionCookies: RegExp,
): ErrorPages {
  return async (error, facts) => {
    const { locale } = facts.preferences
    const { status } = error.entry
    const signedIn = bringsSession(sessionCookies, facts.cookies)
    const html = renderView(
      h(ErrorPage, {
        t: catalogue.translator(locale),
        locale,
        status,
        detail: error.text(locale),
        requestId: facts.requestId,
        retryAfterSeconds: error.details.retryAfterS,
        path: facts.url,
        signedIn,
        registration: documents.registration,
      }),
    )
    const shell = signedIn ? 'bare' : 'site'
    const page = {
      kind: 'html',
      shell,
      title: String(status),
      html,
      head: { noindex: true },
    } as const
    return documents.compose(page, { actor: null, preferences: facts.preferences, path: facts.url })
  }
}
