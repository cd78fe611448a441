import type { Json } from '../port/events.ts'
import type { Actor, CookieChange, Locale } from '../port/requests.ts'

/** What a page handler answers: plain JSON that the core turns into a whole document. */
export type PageResult = HtmlPage | RawPage | Redirect

/** Markup for the middle of the shell. Only modules of the level `core` may hand over HTML. */
export interface HtmlPage {
  readonly kind: 'html'
  readonly status?: number
  /** The document's title, without the station's name. */
  readonly title: string
  readonly html: string
  /**
   * `site` with the rail, `focus` for writing, `bare` for signing in, `admin` for a page of the
   * administration: its sections and a head with the title are drawn around. Default `site`.
   */
  readonly shell?: 'site' | 'focus' | 'bare' | 'admin'
  /** What else stands in the head of the shell `admin`: a few words, and markup for its end. */
  readonly beside?: { readonly note?: string; readonly tools?: string }
  /** The `nav` item to mark, by its href. */
  readonly active?: string
  readonly head?: PageHead
  /** The colour of the person whose page it is. */
  readonly flavour?: string
  /** Names of client entries, e.g. `blog/write`. Reader pages have none. */
  readonly scripts?: readonly string[]
  /**
   * What people come for is drawn by the scripts. Those of the shell are then left to them: they call
   * `loadLaterScripts` of `#client` when it can be seen.
   */
  readonly isDrawnByScript?: true
  /**
   * Subjects the page shows. Given, and nothing of it is personal: strangers are sent kept bytes
   * until an event with one of these subjects, or touching one, drops them.
   */
  readonly shows?: readonly string[]
  /** What the page may ask the browser's user for; other pages may not. */
  readonly mayUse?: readonly 'microphone'[]
  readonly cookies?: readonly CookieChange[]
  /** Whoever asked is signed in no more, so the page is drawn as for a stranger. */
  readonly isFarewell?: true
}

export interface PageHead {
  readonly description?: string
  readonly canonical?: string
  readonly noindex?: boolean
  readonly feeds?: readonly {
    readonly type: string
    readonly title: string
    readonly href: string
  }[]
  readonly ogImage?: string
  readonly ogType?: 'website' | 'article' | 'profile'
  readonly lang?: Locale
  readonly jsonLd?: Readonly<Record<string, unknown>>
}

/** A feed, a sitemap, a download. */
export interface RawPage {
  readonly kind: 'raw'
  readonly contentType: string
  readonly body: string
  /** Plain ASCII: it is saved under this name, not shown. */
  readonly fileName?: string
  readonly status?: number
  readonly shows?: readonly string[]
}

/** Only to a path of this station. */
export interface Redirect {
  readonly kind: 'redirect'
  readonly to: string
  /** 303 after a form (default), 301 for a moved page. */
  readonly status?: 301 | 302 | 303 | 308
  /** The address that was asked for holds a secret, which no other page is told. */
  readonly isSecret?: boolean
  readonly cookies?: readonly CookieChange[]
  readonly headers?: Readonly<Record<string, string>>
  readonly shows?: readonly string[]
}

/** Where and for whom a slot is filled. */
export interface SlotContext {
  readonly actor: Actor | null
  readonly locale: Locale
  /** What the page is about, e.g. `post/<id>` or `user/<id>`. */
  readonly subject?: string
  /** Where the page stands, for parts that lead back to it. */
  readonly path?: string
  /** Whose the subject is. */
  readonly ownerId?: string
  /** What has just happened, as the address tells it: a part may offer to take its own act back. */
  readonly said?: string
}

/** One module's part of another page: blocks from anyone, HTML from the level `core`. */
export interface PagePart {
  /** Smaller comes first. Default 100. */
  readonly order?: number
  readonly title?: string
  readonly html?: string
  readonly blocks?: readonly Block[]
  /** For slots whose markup the host draws: `home.card` (a post), `home.people` (a list). */
  readonly data?: Json
  /** For the slot `nav`. */
  readonly link?: NavLink
  /** Subjects shown, as in {@link HtmlPage.shows}. */
  readonly shows?: readonly string[]
}

export interface NavLink {
  readonly href: string
  readonly icon: string
  readonly label: string
  /** How much waits there; 100 means 100 or more. */
  readonly badge?: number
}

/** Pieces of interface that the host draws, the same for every trust level. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'meter'; readonly label: string; readonly value: number; readonly max: number }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'link'; readonly label: string; readonly href: string }
