import type { VNode } from 'preact'
import type { LayoutProps } from './layout-props.ts'
import { markupOf } from './markup.ts'
import { AuthShell, FocusShell, SiteShell } from './shells.tsx'
import { TrustedHtml } from './trusted-html.tsx'

const SHELLS = { site: SiteShell, focus: FocusShell, bare: AuthShell }

/** The whole document. Pure: the same props give the same bytes. */
export function Layout(props: LayoutProps): VNode {
  const Inside = SHELLS[props.shell]
  return (
    <html
      lang={props.locale}
      data-flavour={props.flavour}
      data-theme={props.theme === 'system' ? undefined : props.theme}
    >
      <Head {...props} />
      <body>
        <a class="skip-link" href="#main">
          {props.t('shell.skip')}
        </a>
        <Inside {...props} />
      </body>
    </html>
  )
}

/** The document as text, ready to be sent. */
export function documentOf(props: LayoutProps): string {
  return `<!doctype html>${markupOf(<Layout {...props} />)}`
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
      {props.jsonLd && (
        <TrustedHtml
          as="script"
          attributes={{ type: 'application/ld+json' }}
          html={scriptSafe(props.jsonLd)}
        />
      )}
      {props.assets.scripts?.map((src) => (
        <script key={src} type="module" nonce={props.nonce} src={src} />
      ))}
    </head>
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
