import type { IconName } from './icon-names.ts'
import type { Flavour, Motion, TextSize, Theme } from './preferences.tsx'
import type { Speech } from './translate.ts'

/**
 * `site`: bar or rail; `focus`: nothing but the page (writing); `bare`: mark and language only;
 * `admin`: the rail, the sections of the administration, and a head with the title.
 */
export type Shell = 'site' | 'focus' | 'bare' | 'admin'

export type NavItem = {
  readonly href: string
  readonly icon: IconName
  readonly label: string
  readonly active: boolean
  readonly badge?: number | undefined
  /** Apart from the others, at the end of the rail; on a phone it takes the place of one's page. */
  readonly isLast?: boolean | undefined
}

/** What stands around a page of the administration. */
export type AdminFrame = {
  readonly sections: readonly NavItem[]
  /** Beside the title, in a few words. */
  readonly note?: string | undefined
  /** Markup at the end of the head: a button, a switch. */
  readonly tools?: string | undefined
}

/** Whether a stranger may create a page now; `absent` where nothing lets people in at all. */
export type Registration = 'open' | 'invitation' | 'closed' | 'absent'

/** Who is signed in, as the shell needs it. */
export type Viewer = {
  readonly username: string
  readonly displayName: string
  readonly avatar?: string | undefined
}

export type LayoutProps = Speech & {
  readonly shell: Shell
  readonly theme: Theme
  readonly flavour: Flavour
  readonly textSize: TextSize
  readonly motion: Motion
  readonly stationName: string
  /** Without the station's name, which is added after it. */
  readonly title?: string | undefined
  readonly description?: string | undefined
  /** Absolute address of this page. */
  readonly canonical?: string | undefined
  /** Absolute address of the picture shown where the page is shared. */
  readonly ogImage?: string | undefined
  readonly ogType?: 'website' | 'article' | 'profile' | undefined
  readonly feeds?: readonly Feed[] | undefined
  readonly noindex?: boolean | undefined
  /** schema.org description; written as data, never run. */
  readonly jsonLd?: Readonly<Record<string, unknown>> | undefined
  readonly nav: readonly NavItem[]
  readonly viewer?: Viewer | undefined
  /** Who is signed in, on pages with and without a rail. */
  readonly userId?: string | undefined
  /** Where the viewer's log of updates stood before the page was made, if known. */
  readonly pts?: number | undefined
  /** For the shell `admin`. */
  readonly frame?: AdminFrame | undefined
  readonly registration?: Registration | undefined
  /** The page itself, already rendered and trusted. */
  readonly main: string
  readonly assets: {
    readonly css: string
    readonly favicon: string
    /** Client programs this page asks for. */
    readonly scripts?: readonly string[] | undefined
    /** Programs that those load when they have drawn what people come for: `core/client/later-scripts.ts`. */
    readonly later?: readonly string[] | undefined
    /** Fonts that its first words are set in: else they are drawn twice. */
    readonly fonts?: readonly string[] | undefined
    /** The card of the app, for those who may install it. */
    readonly manifest?: string | undefined
  }
  /** Path of this page with its query: where a preference switch comes back to. */
  readonly path: string
}

export type Feed = { readonly href: string; readonly title: string; readonly type: FeedType }
export type FeedType = 'application/rss+xml' | 'application/atom+xml' | 'application/feed+json'
