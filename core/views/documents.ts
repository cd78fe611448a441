import {
  documentOf,
  type Feed,
  isIconName,
  type LayoutProps,
  type NavItem,
  type Registration,
  type Viewer,
} from '../../templates/index.ts'
import type { Config } from '../../config.ts'
import type { Actor, Locale } from '../port/requests.ts'
import type { Calls } from '../calls/calls.ts'
import type { Preferences } from '../http/requests/preferences.ts'
import { LOGIN_PATH, type ModuleRouter } from '../http/routes/module-router.ts'
import type { Catalogue } from '../i18n/catalogue.ts'
import type { Assets } from './assets.ts'
import { adminSections, markedSections } from './admin-sections.ts'
import type { HtmlPage, NavLink } from './page.ts'
import type { Slots } from './slots.ts'

/** For whom and where a document is made. */
export interface Viewing {
  readonly actor: Actor | null
  readonly preferences: Preferences
  /** With its query: where a preference switch comes back to. */
  readonly path: string
  /** Where the reader's log of updates stood before the page was made, if known. */
  readonly pts?: number | undefined
}

export interface DocumentServices {
  readonly assets: Assets
  readonly catalogue: Catalogue
  readonly slots: Slots
  readonly calls: Calls
  /** As the operator has set it, at each moment. */
  readonly station: Pick<Config['station'], 'name' | 'registration'>
  readonly router: Pick<ModuleRouter, 'find'>
}

const SHELL_SCRIPTS = ['notifications/bell', 'palette/palette']
const LIVE_SCRIPT = 'realtime/live'
const APP_CARD = '/app.webmanifest'

const LATIN = 'inter-latin-wght-normal.woff2'
/** What the words of the station itself are set in. */
const FONTS: Readonly<Record<Locale, readonly string[]>> = {
  en: [LATIN],
  ru: [LATIN, 'inter-cyrillic-wght-normal.woff2'],
}

type Navigation = readonly [items: readonly NavItem[], sections: readonly NavLink[]]

const NOTHING: Navigation = [[], []]

function hasRail({ shell = 'site' }: HtmlPage): boolean {
  return shell === 'site' || shell === 'admin'
}

/** The page's own, and for residents what keeps the shell up to date. */
function scriptsOf(
  page: HtmlPage,
  actor: Actor | null,
): Readonly<Record<'own' | 'shell', readonly string[]>> {
  const forResidents = hasRail(page) ? [...SHELL_SCRIPTS, LIVE_SCRIPT] : [LIVE_SCRIPT]
  return { own: page.scripts ?? [], shell: actor === null ? [] : forResidents }
}

/** Puts a page into the shell of the station. */
export class Documents {
  readonly #services: DocumentServices

  constructor(services: DocumentServices) {
    this.#services = services
  }

  /** The pages that let people in belong to a module, which may not be here. */
  get registration(): Registration {
    const { router, station } = this.#services
    return router.find('GET', LOGIN_PATH) ? station.registration : 'absent'
  }

  hasScripts(page: HtmlPage, actor: Actor | null): boolean {
    const { own, shell } = scriptsOf(page, actor)
    return own.length + shell.length > 0
  }

  async compose(page: HtmlPage, viewing: Viewing): Promise<string> {
    const { actor, preferences, path, pts } = viewing
    const { catalogue, station } = this.#services
    const shell = page.shell ?? 'site'
    const [[nav, sections], viewer] = await Promise.all([
      hasRail(page) ? this.#nav(page, viewing) : NOTHING,
      actor && hasRail(page) ? this.#viewer(actor) : undefined,
    ])
    const { feeds, ...head } = page.head ?? {}
    return documentOf({
      ...head,
      feeds: feeds as readonly Feed[] | undefined,
      t: catalogue.translator(preferences.locale),
      locale: preferences.locale,
      theme: preferences.theme,
      textSize: preferences.textSize,
      motion: preferences.motion,
      flavour: (page.flavour ?? preferences.flavour) as Preferences['flavour'],
      shell,
      stationName: station.name,
      title: page.title === '' ? undefined : page.title,
      nav,
      viewer,
      userId: actor?.id,
      pts,
      frame: { ...page.beside, sections: markedSections(sections, path) },
      registration: this.registration,
      main: page.html,
      assets: { ...this.#assetsOf(page, viewing), ...(viewer ? { manifest: APP_CARD } : {}) },
      path,
    })
  }

  #assetsOf(page: HtmlPage, { actor, preferences }: Viewing): LayoutProps['assets'] {
    const { assets } = this.#services
    const isForReaders = actor === null && (page.shell ?? 'site') === 'site'
    const { own, shell } = scriptsOf(page, actor)
    const addressesOf = (names: readonly string[]): string[] =>
      names.map((name) => assets.url(`${name}.js`))
    return {
      css: assets.url(isForReaders ? 'index.css' : 'resident.css'),
      favicon: assets.url('favicon.svg'),
      scripts: addressesOf(page.isDrawnByScript ? own : [...own, ...shell]),
      later: page.isDrawnByScript && addressesOf(shell),
      /* It is drawn with them before anybody else would ask for them. */
      fonts: page.isDrawnByScript && FONTS[preferences.locale].map((name) => assets.url(name)),
    }
  }

  /** What leads elsewhere, and the sections of the administration, which the last item leads to. */
  async #nav(page: HtmlPage, { actor, preferences }: Viewing): Promise<Navigation> {
    const { locale } = preferences
    const { slots } = this.#services
    const [parts, sections] = await Promise.all([
      slots.parts('nav', { actor, locale }),
      adminSections(this.#services, actor, locale),
    ])
    const items = parts.flatMap(({ link }): NavItem[] =>
      link && isIconName(link.icon)
        ? [
            {
              href: link.href,
              icon: link.icon,
              label: link.label,
              active: page.active === link.href,
              badge: link.badge,
            },
          ]
        : [],
    )
    if (!actor) return [items, []]
    const t = this.#services.catalogue.translator(locale)
    const home = { href: '/', icon: 'home', active: page.active === '/' } as const
    const station = { icon: 'orbit', active: page.shell === 'admin', isLast: true } as const
    const badge = sections.reduce((sum, section) => sum + (section.badge ?? 0), 0)
    const ends = sections.slice(0, 1).map(({ href }): NavItem => ({
      ...station,
      href,
      badge,
      label: t('admin.station'),
    }))
    return [[{ ...home, label: t('shell.home') }, ...items, ...ends], sections]
  }

  /** The name a person chose; the user name while nobody can tell. */
  async #viewer(actor: Actor): Promise<Viewer> {
    const { id, username } = actor
    try {
      const profile = (await this.#services.calls.call('users.profile', { id })) as {
        displayName: string
        avatarUrl: string | null
      } | null
      const { displayName = username, avatarUrl } = profile ?? {}
      return { username, displayName, avatar: avatarUrl ?? undefined }
    } catch {
      return { username, displayName: username }
    }
  }
}
