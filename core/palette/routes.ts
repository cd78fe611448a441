import { h } from 'preact'
import { PalettePage } from '../../templates/index.ts'
import type { ModuleRequest } from '../port/requests.ts'
import { actorOf, corePage } from '../http/routes/core-route.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { HtmlPage } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'
import { placesOf, type PlaceServices } from './places.ts'

const PATH = '/palette'

/** Everywhere a person can go, as a page; with a script it opens over any other page. */
export function paletteRoutes(services: PlaceServices): readonly DockedRoute[] {
  return [corePage('GET', PATH, { policy: 'member' }, (request) => palette(services, request))]
}

async function palette(services: PlaceServices, request: ModuleRequest): Promise<HtmlPage> {
  const { locale } = request
  const t = services.catalogue.translator(locale)
  const places = await placesOf(services, actorOf(request), locale)
  const has = (path: string): boolean => services.router.find('GET', path) !== null
  const offers = { hasSearch: has('/search'), hasChats: has('/chats'), canWrite: has('/write/new') }
  return {
    kind: 'html',
    title: t('palette.title'),
    html: renderView(h(PalettePage, { t, locale, ...places, ...offers })),
    head: { noindex: true },
  }
}
