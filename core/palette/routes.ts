import { h } from 'preact'
import { PalettePage } from '../../templates/index.ts'
import type { ModuleRequest } from '../port/requests.ts'
import { coreErrors } from '../errors.ts'
import type { DockedRoute } from '../http/module-router.ts'
import type { HtmlPage } from '../views/page.ts'
import { renderView } from '../views/render-view.ts'
import { placesOf, type PlaceServices } from './places.ts'

const PATH = '/palette'

/** Everywhere a person can go, as a page; with a script it opens over any other page. */
export function paletteRoutes(services: PlaceServices): readonly DockedRoute[] {
  return [
    {
      module: 'core',
      kind: 'page',
      method: 'GET',
      path: PATH,
      policy: 'member',
      options: { policy: 'member', method: 'GET' },
      isCore: true,
      invoke: (request) => palette(services, request),
    },
  ]
}

async function palette(
  services: PlaceServices,
  { actor, locale }: ModuleRequest,
): Promise<HtmlPage> {
  if (!actor) throw coreErrors.QL_UNAUTHENTICATED()
  const t = services.catalogue.translator(locale)
  const places = await placesOf(services, actor, locale)
  const has = (path: string): boolean => services.router.find('GET', path) !== null
  const offers = { hasSearch: has('/search'), hasChats: has('/chats'), canWrite: has('/write/new') }
  return {
    kind: 'html',
    title: t('palette.title'),
    html: renderView(h(PalettePage, { t, locale, ...places, ...offers })),
    head: { noindex: true },
  }
}
