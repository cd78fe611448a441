import { type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import type { Finder } from '../finder.ts'
import { SEARCH_LIMIT, TYPES } from '../schema.ts'
import { search } from '../search.ts'
import { SearchPage } from '../views/search.tsx'

const PATH = '/search'
const PAGE = 20
const MAX_QUERY = 200

/** A form and what it finds; complete without scripts. */
export function searchPages(finder: Finder): void {
  finder.app.page(PATH, { policy: 'public', limit: SEARCH_LIMIT }, (request) =>
    page(finder, request),
  )
}

async function page(finder: Finder, request: ModuleRequest): Promise<HtmlPage> {
  const { locale, actor, query } = request
  const t = finder.app.translator(locale)
  const q = (query['q'] ?? '').trim().slice(0, MAX_QUERY).toWellFormed()
  const type = TYPES.find((known) => known === query['type'] && (known !== 'own' || actor))
  const question = { q, limit: PAGE, cursor: query['cursor']?.slice(0, 64) }
  const { items, nextCursor } =
    q === '' ? { items: [], nextCursor: null } : await search(finder, actor, type, question)
  const next = new URLSearchParams({ q, type: type ?? '', cursor: nextCursor ?? '' })
  const props = {
    t,
    locale,
    q,
    type,
    items,
    isMember: actor !== null,
    next: nextCursor === null ? undefined : `${PATH}?${next.toString()}`,
    now: finder.app.clock.now(),
  }
  return {
    kind: 'html',
    title: q === '' ? t('search.title') : t('search.titleOf', { q }),
    html: renderView(h(SearchPage, props)),
    active: PATH,
    head: { noindex: true },
  }
}
