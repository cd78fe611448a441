import { h } from 'preact'
import {
  type Flavour,
  LandingPage,
  type PersonSummary,
  type PostSummary,
} from '../../templates/index.ts'
import type { Config } from '../../config.ts'
import type { ModuleRequest } from '../port/requests.ts'
import type { Calls } from '../calls/calls.ts'
import { preferencesOf } from '../http/requests/preferences.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Documents } from './documents.ts'
import type { HtmlPage } from './page.ts'
import { renderView } from './render-view.ts'
import type { Slots } from './slots.ts'

export interface LandingServices {
  readonly config: Config
  readonly catalogue: Catalogue
  readonly slots: Slots
  readonly calls: Calls
  readonly documents: Pick<Documents, 'registration'>
}

/** Home. The core draws the frame; what is new and who is here comes from modules. */
export async function landingPage(
  services: LandingServices,
  request: ModuleRequest,
): Promise<HtmlPage> {
  const { config, catalogue, slots } = services
  const { actor, locale } = request
  const context = { actor, locale }
  const [cards, sections, people, nav] = await Promise.all([
    slots.parts('home.card', context),
    slots.parts('home.section', context),
    slots.parts('home.people', context),
    slots.parts('nav', context),
  ])
  const { flavour } = preferencesOf(request.cookies, undefined, locale)
  const links = nav.flatMap(({ link }) => (link ? [link.href] : []))
  const html = renderView(
    h(LandingPage, {
      t: catalogue.translator(locale),
      locale,
      stationName: config.station.name,
      flavour: flavour satisfies Flavour,
      path: '/',
      timeZone: 'UTC',
      registration: services.documents.registration,
      viewer: actor ? { displayName: await nameOf(services, actor) } : undefined,
      writeHref: links.find((href) => href === '/write'),
      allPostsHref: links.find((href) => href === '/posts'),
      pinned: cards[0]?.data as PostSummary | undefined,
      fresh: sections.flatMap((part) => (part.html === undefined ? [] : [part.html])),
      people: people.flatMap((part) => part.data as unknown as PersonSummary[]),
    }),
  )
  const shows = [...cards, ...sections, ...people].flatMap((part) => part.shows ?? [])
  return {
    kind: 'html',
    title: '',
    html,
    active: '/',
    ...(actor ? {} : { shows: ['home', ...shows] }),
    head: {
      description: catalogue.translator(locale)('landing.about', { station: config.station.name }),
      canonical: `${request.origin}/`,
    },
  }
}

async function nameOf(
  services: LandingServices,
  { id, username }: { id: string; username: string },
): Promise<string> {
  try {
    const profile = (await services.calls.call('users.profile', { id })) as {
      displayName: string
    } | null
    return profile?.displayName ?? username
  } catch {
    /* Nobody keeps profiles on this station. */
    return username
  }
}
