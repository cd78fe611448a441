import {
  Avatar,
  EmptyState,
  type Flavour,
  fullDate,
  Icon,
  LinkButton,
  machineDate,
  Notice,
  type Speech,
  TrustedHtml,
} from '#core'
import type { VNode } from 'preact'
import { linkText } from '../profile/profile-links.ts'

export type ProfileProps = Speech & {
  readonly person: {
    readonly username: string
    readonly displayName: string
    readonly bio: string
    readonly place: string
    readonly links: readonly string[]
    /** ISO 8601, UTC. */
    readonly createdAt: string
    readonly avatarUrl?: string | null | undefined
    readonly flavour?: Flavour | undefined
  }
  /** Left out where the page's own colour is enough. */
  readonly cover?: { readonly src: string; readonly srcset: string } | undefined
  /** Whether the reader looks at their own page. */
  readonly own: boolean
  /** Given to the person and to staff while others see less; without a reason: a block hides it. */
  readonly hidden?:
    | { readonly why?: string; readonly words?: string; readonly page?: string }
    | undefined
  /** False: only whose page it is may be shown to this reader. */
  readonly isOpen: boolean
  readonly timeZone: string
  /** Left out when no module offers a blog. */
  readonly blogHref?: string | undefined
  readonly writeHref?: string | undefined
  /** Short facts of other modules, each a link below the person's own address. */
  readonly facts: readonly { readonly path: string; readonly label: string }[]
  /** Rendered buttons of other modules. */
  readonly actions: readonly string[]
  /** Rendered items of the menu behind the dots. */
  readonly menu: readonly string[]
  /** Other parts of the page, offered by modules; drawn from two on. */
  readonly tabs: readonly ProfileTab[]
  /** Rendered bodies of the chosen part. */
  readonly sections: readonly string[]
}

export type ProfileTab = {
  readonly href: string
  readonly label: string
  readonly active: boolean
}

export function ProfilePage(props: ProfileProps): VNode {
  const { person, cover } = props
  return (
    <div class="profile" data-flavour={person.flavour}>
      <div class="profile-cover">
        {cover && <img src={cover.src} srcset={cover.srcset} sizes="100vw" alt="" />}
      </div>
      <div class="profile-column">
        <header class="profile-head">
          <Avatar
            name={person.displayName}
            username={person.username}
            src={person.avatarUrl ?? undefined}
            size={136}
          />
          <Who {...props} />
          <Actions {...props} />
        </header>
        <Hidden {...props} />
        <Tabs {...props} />
        <Sections {...props} />
      </div>
    </div>
  )
}

function Who({ t, locale, person, timeZone, facts }: ProfileProps): VNode {
  const since = fullDate(person.createdAt, locale, timeZone)
  return (
    <div class="profile-who">
      <h1>{person.displayName}</h1>
      <p class="profile-facts">
        <span>@{person.username}</span>
        {person.place !== '' && <span>{person.place}</span>}
        <time datetime={machineDate(person.createdAt)}>{t('profile.since', { date: since })}</time>
      </p>
      {person.bio !== '' && <p class="profile-bio">{person.bio}</p>}
      {person.links.length > 0 && (
        <ul class="profile-links" aria-label={t('profile.links')}>
          {person.links.map((link) => (
            <li key={link}>
              <a href={link} rel="me nofollow ugc noopener noreferrer">
                {linkText(link)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {facts.length > 0 && (
        <ul class="profile-counts">
          {facts.map(({ path, label }) => (
            <li key={path}>
              <a href={`/user/${person.username}/${path}`}>{label}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Hidden({ t, own, hidden }: ProfileProps): VNode | null {
  if (!hidden) return null
  const { why, words = '', page } = hidden
  return (
    <Notice kind="bad" title={t(why === undefined ? 'profile.withheld' : 'profile.hidden')}>
      {why !== undefined && <p>{t('profile.hidden.why', { why })}</p>}
      {words !== '' && <p>{words}</p>}
      {own && page !== undefined && (
        <p>
          <a href={page}>{t('profile.hidden.more')}</a>
        </p>
      )}
    </Notice>
  )
}

function Actions({ t, own, blogHref, writeHref, actions, menu }: ProfileProps): VNode {
  return (
    <div class="profile-actions">
      {menu.length > 0 && (
        <details class="person-menu">
          <summary class="button button-line button-m button-icon" aria-label={t('profile.more')}>
            <Icon name="ellipsis" />
          </summary>
          <div class="person-menu-items">
            {menu.map((html, index) => (
              <TrustedHtml key={index} html={html} />
            ))}
          </div>
        </details>
      )}
      {own && (
        <LinkButton href="/settings" icon="settings">
          {t('profile.edit')}
        </LinkButton>
      )}
      {own && writeHref !== undefined && (
        <LinkButton href={writeHref} kind="primary" icon="square-pen">
          {t('profile.write')}
        </LinkButton>
      )}
      {!own && blogHref !== undefined && (
        <LinkButton href={blogHref} kind={actions.length > 0 ? 'line' : 'primary'} icon="book-open">
          {t('profile.blog')}
        </LinkButton>
      )}
      {actions.map((html, index) => (
        <TrustedHtml key={index} html={html} />
      ))}
    </div>
  )
}

function Tabs({ t, tabs }: ProfileProps): VNode | null {
  if (tabs.length < 2) return null
  return (
    <nav class="profile-tabs" aria-label={t('profile.tabs')}>
      {tabs.map(({ href, label, active }) => (
        <a key={href} href={href} aria-current={active ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}

function Sections(props: ProfileProps): VNode {
  const { t, own, isOpen, person, sections, writeHref } = props
  if (!isOpen) {
    const href = `/auth/login?return=${encodeURIComponent(`/user/${person.username}`)}`
    return (
      <div class="profile-sections">
        <EmptyState
          icon="lock"
          title={t('profile.closed')}
          text={t('profile.closedText')}
          action={{ href, label: t('profile.signIn') }}
        />
      </div>
    )
  }
  if (sections.length === 0) {
    const text = own ? t('profile.emptyOwn') : t('profile.emptyText', { name: person.displayName })
    const action =
      own && writeHref !== undefined ? { href: writeHref, label: t('profile.write') } : undefined
    return (
      <div class="profile-sections">
        <EmptyState icon="book-open" title={t('profile.empty')} text={text} action={action} />
      </div>
    )
  }
  return (
    <div class="profile-sections">
      {sections.map((html, index) => (
        <TrustedHtml key={index} html={html} />
      ))}
    </div>
  )
}
