import { h } from 'preact'
import { ErrorPage } from '../../templates/index.ts'
import type { ErrorPages } from '../http/error-answer.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Documents } from './documents.ts'
import { renderView } from './render-view.ts'

/** Failures as pages of the station, in the visitor's language and colours. */
export function errorPagesOf(catalogue: Catalogue, documents: Documents): ErrorPages {
  return async (error, facts) => {
    const { locale } = facts.preferences
    const { status } = error.entry
    const html = renderView(
      h(ErrorPage, {
        t: catalogue.translator(locale),
        locale,
        status,
        detail: error.text(locale),
        requestId: facts.requestId,
        retryAfterSeconds: error.details.retryAfterS,
        path: facts.url,
        signedIn: false,
        registration: documents.registration,
      }),
    )
    const page = { kind: 'html', title: String(status), html, head: { noindex: true } } as const
    return documents.compose(page, { actor: null, preferences: facts.preferences, path: facts.url })
  }
}
