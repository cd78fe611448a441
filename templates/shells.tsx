import type { VNode } from 'preact'
import { Avatar } from './avatar.tsx'
import { LinkButton } from './button.tsx'
import { Icon } from './icon.tsx'
import type { LayoutProps, NavItem, Viewer } from './layout-props.ts'
import { Mark } from './mark.tsx'
import {
  LanguageSwitch,
  MotionSwitch,
  TextSizeSwitch,
  ThemeSwitch,
  ThemeToggle,
} from './preferences.tsx'
import { TrustedHtml } from './trusted-html.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Everything but writing and signing in: a bar for strangers, a rail and tabs for residents. */
export function SiteShell(props: LayoutProps): VNode {
  if (!props.viewer) {
    return (
      <div class="shell">
        <Bar {...props} />
        <Main {...props} />
        <Footer {...props} />
      </div>
    )
  }
  return (
    <div class="shell shell-signed-in">
      <Rail {...props} viewer={props.viewer} />
      <div class="shell-page">
        <PhoneFind {...props} />
        <Main {...props} />
        <Footer {...props} />
      </div>
      <Tabs {...props} viewer={props.viewer} />
    </div>
  )
}

/** On a phone there is no rail to hold the glass; pages that are applications have their own. */
function PhoneFind({ t, nav, path }: LayoutProps): VNode | null {
  const find = nav.find(({ href }) => href === '/search')
  if (!find || find.active || path.startsWith('/chats')) return null
  return (
    <nav class="phone-find" aria-label={t('palette.title')}>
      <a class="palette-open" href={find.href} aria-label={find.label}>
        <Icon name={find.icon} size={22} />
      </a>
    </nav>
  )
}

/** Writing: the page draws its own bar. */
export function FocusShell(props: LayoutProps): VNode {
  return <Main {...props} />
}

/** Signing in and up: the mark leads home, the language is one press away. */
export function AuthShell(props: LayoutProps): VNode {
  return (
    <div class="shell-bare">
      <header class="bare-bar">
        <Home {...props} />
        <LanguageSwitch {...props} />
      </header>
      <Main {...props} />
    </div>
  )
}

function Main({ main }: LayoutProps): VNode {
  return <TrustedHtml as="main" id="main" attributes={{ tabindex: '-1' }} html={main} />
}

function Home({ stationName }: LayoutProps): VNode {
  return (
    <a class="home-link" href="/">
      <Mark />
      <span>{stationName}</span>
    </a>
  )
}

function Bar(props: LayoutProps): VNode {
  const { t } = props
  return (
    <header class="bar">
      <Home {...props} />
      {props.nav.length > 0 && (
        <nav class="bar-nav" aria-label={t('shell.nav')}>
          {props.nav.map((item) => (
            <a key={item.href} href={item.href} aria-current={item.active ? 'page' : undefined}>
              {item.label}
            </a>
          ))}
        </nav>
      )}
      <div class="bar-end">
        <LanguageSwitch {...props} />
        <ThemeToggle {...props} />
        {props.registration !== 'absent' && (
          <a class="bar-sign-in" href="/auth/login">
            {t('shell.signIn')}
          </a>
        )}
        {(props.registration ?? 'open') === 'open' && (
          <LinkButton class="bar-register" href="/auth/register" kind="primary">
            {t('shell.register')}
          </LinkButton>
        )}
      </div>
    </header>
  )
}

export type Resident = LayoutProps & { readonly viewer: Viewer }

export function Rail(props: Resident): VNode {
  const { t, viewer } = props
  return (
    <header class="rail">
      <a class="rail-mark" href="/" aria-label={props.stationName}>
        <Mark />
      </a>
      <nav aria-label={t('shell.nav')}>
        {props.nav.map((item) => (
          <RailItem key={item.href} {...item} />
        ))}
      </nav>
      <button type="button" class="rail-me" popovertarget="my-menu">
        <VisuallyHidden>{t('shell.menu', { name: viewer.displayName })}</VisuallyHidden>
        <Avatar
          name={viewer.displayName}
          username={viewer.username}
          src={viewer.avatar}
          size={40}
        />
      </button>
      <Menu {...props} />
    </header>
  )
}

function RailItem({ href, icon, label, active, badge, isLast }: NavItem): VNode {
  return (
    <a
      href={href}
      class={isLast ? 'rail-item rail-item-last' : 'rail-item'}
      aria-current={active ? 'page' : undefined}
    >
      <Icon name={icon} size={22} />
      <span class="rail-tip">{label}</span>
      <Badge count={badge} />
    </a>
  )
}

const MAX_BADGE = 99

export function Badge({ count = 0 }: { readonly count?: number | undefined }): VNode | null {
  if (count === 0) return null
  return <span class="badge">{count > MAX_BADGE ? `${MAX_BADGE}+` : count}</span>
}

/** A native popover: it opens, closes outside and on Esc without a script. */
function Menu(props: Resident): VNode {
  const { t, viewer } = props
  return (
    <div id="my-menu" class="menu" popover="auto">
      <p class="menu-who">
        <strong>{viewer.displayName}</strong>
        <span>@{viewer.username}</span>
      </p>
      <a class="menu-item" href={`/user/${viewer.username}`}>
        <Icon name="user" />
        {t('shell.profile')}
      </a>
      <a class="menu-item" href="/settings">
        <Icon name="settings" />
        {t('shell.settings')}
      </a>
      <div class="menu-switches">
        <LanguageSwitch {...props} />
        <ThemeSwitch {...props} />
      </div>
      <form method="post" action="/auth/logout">
        <button class="menu-item">
          <Icon name="log-out" />
          {t('shell.signOut')}
        </button>
      </form>
    </div>
  )
}

export function Tabs(props: Resident): VNode {
  const { t, viewer, nav, shell } = props
  const mine = `/user/${viewer.username}`
  const station = shell === 'admin' ? nav.find(({ isLast }) => isLast) : undefined
  return (
    <nav class="tabs" aria-label={t('shell.nav')}>
      {nav
        .filter(({ isLast }) => !isLast)
        .slice(0, 4)
        .map((item) => (
          <Tab key={item.href} {...item} />
        ))}
      {station ? (
        <Tab {...station} />
      ) : (
        <Tab href={mine} icon="user" label={t('shell.you')} active={props.path === mine} />
      )}
    </nav>
  )
}

function Tab({ href, icon, label, active, badge }: NavItem): VNode {
  return (
    <a href={href} aria-current={active ? 'page' : undefined}>
      <Icon name={icon} size={22} />
      <Badge count={badge} />
      <span>{label}</span>
    </a>
  )
}

/** What residents find in their settings. */
function Comfort(props: LayoutProps): VNode {
  return (
    <>
      <TextSizeSwitch {...props} />
      <MotionSwitch {...props} />
    </>
  )
}

function Footer(props: LayoutProps): VNode {
  const { t } = props
  return (
    <footer class="footer">
      <Home {...props} />
      <nav class="footer-links" aria-label={t('shell.about')}>
        {props.nav
          .filter(({ isLast }) => isLast)
          .map(({ href, label }) => (
            <a key={href} href={href}>
              {label}
            </a>
          ))}
        <a href="/legal/privacy">{t('shell.privacy')}</a>
        <a href="/legal/terms">{t('shell.terms')}</a>
        <a href="/api/docs">{t('shell.api')}</a>
      </nav>
      <div class="footer-switches">
        {!props.viewer && <Comfort {...props} />}
        <ThemeSwitch {...props} />
        {props.viewer && <LanguageSwitch {...props} />}
      </div>
    </footer>
  )
}
