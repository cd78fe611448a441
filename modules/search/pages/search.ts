import { type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import type { Finder } from '../finder.ts'
import { hasChats } from '../chats.ts'
import { type FoundType, IN_CHATS, OWN_TYPES, SEARCH_LIMIT, TYPES } from '../schema.ts'
import { search } from '../search.ts'
import type { Viewer } from '../sight.ts'
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
  const types = q === '' ? [] : await typesFor(finder, { actor, locale })
  const type = types.find((known) => known === query['type'])
  const question = { q, limit: PAGE, cursor: query['cursor']?.slice(0, 200) }
  const asked = type ? [type] : types
  const { items, nextCursor } = await search(finder, { actor, locale }, asked, question)
  const next = new URLSearchParams({ q, type: type ?? '', cursor: nextCursor ?? '' })
  const props = {
    t,
    locale,
    q,
    type,
    types,
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

/** Strangers find nobody's own, and without a messenger there are no chats. */
async function typesFor(finder: Finder, viewer: Viewer): Promise<readonly FoundType[]> {
  if (!viewer.actor) return TYPES.filter((type) => !OWN_TYPES.includes(type))
  return (await hasChats(finder, viewer)) ? TYPES : TYPES.filter((type) => !IN_CHATS.includes(type))
}
