import type { VNode } from 'preact'
import { AdminShell } from './admin-shell.tsx'
import type { LayoutProps } from './layout-props.ts'
import { escaped, markupOf } from './markup.ts'
import { SessionEnded } from './session-ended.tsx'
import { AuthShell, FocusShell, SiteShell } from './shells.tsx'
import type { Translate } from './translate.ts'
import { TrustedHtml } from './trusted-html.tsx'

const SHELLS = { site: SiteShell, focus: FocusShell, bare: AuthShell, admin: AdminShell }

/** The document as text, ready to be sent. Pure: the same props give the same bytes. */
export function documentOf(props: LayoutProps): string {
  return `<!doctype html>${markupOf(<Layout {...props} />)}`
}

function Layout(props: LayoutProps): VNode {
  return (
    <html
      lang={props.locale}
      data-flavour={props.flavour}
      data-theme={props.theme === 'system' ? undefined : props.theme}
      data-text={props.textSize === 'usual' ? undefined : props.textSize}
      data-motion={props.motion === 'system' ? undefined : props.motion}
    >
      <Head {...props} />
      <TrustedHtml as="body" html={bodyOf(props)} />
    </html>
  )
}

function Body(props: LayoutProps): VNode {
  const Inside = SHELLS[props.shell]
  return (
    <>
      <a class="skip-link" href="#main">
        {props.t('shell.skip')}
      </a>
      <Inside {...props} />
      {props.userId !== undefined && <SessionEnded {...props} userId={props.userId} />}
    </>
  )
}

/** NUL is in no text of ours: it is refused at every door. */
const PATH = '\0path\0'
const MAIN = '\0main\0'
const MAX_FRAMES = 200
const frames = new WeakMap<Translate, Map<string, readonly string[]>>()

/** Around the page of a stranger nothing is of this page but its path, so the rest is kept. */
function bodyOf(props: LayoutProps): string {
  if (props.viewer ?? props.userId) return markupOf(<Body {...props} />)
  const path = escaped(props.path)
  let body = ''
  for (const piece of frameOf(props)) {
    body += piece === PATH ? path : piece === MAIN ? props.main : piece
  }
  return body
}

function frameOf(props: LayoutProps): readonly string[] {
  const { t, locale, theme, flavour, textSize, motion, shell, stationName } = props
  const { registration, nav } = props
  const known = frames.get(t) ?? new Map<string, readonly string[]>()
  frames.set(t, known)
  const looks = [locale, theme, flavour, textSize, motion]
  const key = JSON.stringify([looks, shell, stationName, registration, nav])
  const kept = known.get(key)
  if (kept) return kept
  const frame = markupOf(<Body {...props} path={PATH} main={MAIN} />).split(/(\0[a-z]+\0)/)
  if (known.size >= MAX_FRAMES) known.clear()
  known.set(key, frame)
  return frame
}

function Head(props: LayoutProps): VNode {
  const { title, stationName } = props
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content={props.theme === 'system' ? 'light dark' : props.theme} />
      <title>{title === undefined ? stationName : `${title} · ${stationName}`}</title>
      {props.description && <meta name="description" content={props.description} />}
      {props.noindex && <meta name="robots" content="noindex" />}
      {props.canonical && <link rel="canonical" href={props.canonical} />}
      <Sharing {...props} />
      {props.feeds?.map((feed) => (
        <link
          key={feed.href}
          rel="alternate"
          type={feed.type}
          title={feed.title}
          href={feed.href}
        />
      ))}
      <link rel="stylesheet" href={props.assets.css} />
      <link rel="icon" type="image/svg+xml" href={props.assets.favicon} />
      {props.assets.manifest && <link rel="manifest" href={props.assets.manifest} />}
      {props.jsonLd && (
        <TrustedHtml
          as="script"
          attributes={{ type: 'application/ld+json' }}
          html={scriptSafe(props.jsonLd)}
        />
      )}
      <Programs {...props} />
    </head>
  )
}

/** Browsers take what waits for the document for less important; here it draws what one waits for. */
const URGENT = { fetchpriority: 'high' }

/** What the page runs, and what it asks for at once because that will be needed. */
function Programs({ assets }: LayoutProps): VNode {
  const { scripts, later, fonts } = assets
  return (
    <>
      {scripts?.map((src) => (
        <script key={src} defer src={src} {...(later && URGENT)} />
      ))}
      {later?.map((src) => (
        <meta key={src} name="later" content={src} />
      ))}
      {fonts?.map((href) => (
        <link
          key={href}
          rel="preload"
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
          href={href}
        />
      ))}
    </>
  )
}

/** Open Graph: how the page looks where someone shares it. */
function Sharing(props: LayoutProps): VNode {
  return (
    <>
      <meta property="og:site_name" content={props.stationName} />
      <meta property="og:title" content={props.title ?? props.stationName} />
      <meta property="og:type" content={props.ogType ?? 'website'} />
      <meta property="og:locale" content={props.locale === 'ru' ? 'ru_RU' : 'en_US'} />
      {props.description && <meta property="og:description" content={props.description} />}
      {props.canonical && <meta property="og:url" content={props.canonical} />}
      {props.ogImage && <meta property="og:image" content={props.ogImage} />}
      {props.ogImage && <meta name="twitter:card" content="summary_large_image" />}
    </>
  )
}

/** JSON inside a script element ends only at `</script`, so no `<` may stay in it. */
function scriptSafe(data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
