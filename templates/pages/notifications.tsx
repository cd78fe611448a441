import type { VNode } from 'preact'
import { Avatar } from '../avatar.tsx'
import { Chip } from '../chip.tsx'
import { EmptyState } from '../empty-state.tsx'
import type { IconName } from '../icon-names.ts'
import { Icon } from '../icon.tsx'
import { Pagination } from '../pagination.tsx'
import type { Speech } from '../translate.ts'
import { VisuallyHidden } from '../visually-hidden.tsx'

export type NotificationItem = {
  readonly href: string
  readonly icon: IconName
  /** Chooses the colour of the small badge. */
  readonly group: 'me' | 'blog' | 'station' | 'security'
  readonly actor?:
    | {
        readonly username: string
        readonly displayName: string
        readonly avatar?: string | undefined
      }
    | undefined
  /** How many more people did the same. */
  readonly others: number
  readonly text: string
  readonly quote?: string | undefined
  /** ISO 8601 */
  readonly at: string
  /** As people say it: «4 минуты назад», «11:20». */
  readonly time: string
  readonly isRead: boolean
  /** Names the push that is closed when this line is read. */
  readonly id: string
}

export type NotificationDay = {
  readonly label: string
  readonly items: readonly NotificationItem[]
}

export type NotificationFilter = {
  readonly href: string
  readonly label: string
  readonly unread: number
  readonly isActive: boolean
}

export type NotificationsProps = Speech & {
  readonly days: readonly NotificationDay[]
  readonly filters: readonly NotificationFilter[]
  readonly unread: number
  /** The next page; absent at the end. */
  readonly next?: string | undefined
  /** Path of this page with its filter: where the form comes back to. */
  readonly path: string
}

/** What has happened to a person. A script shows the same panel over any other page. */
export function NotificationsPage(props: NotificationsProps): VNode {
  const { t, days, filters, next } = props
  const isFiltered = filters.slice(1).some(({ isActive }) => isActive)
  return (
    <section class="notes" id="notifications-panel" aria-labelledby="notes-title">
      <Head {...props} />
      {filters.length > 0 && (
        <nav class="notes-filters" aria-label={t('notifications.filters')}>
          {filters.map(({ href, label, unread, isActive }) => (
            <Chip
              key={href}
              href={href}
              active={isActive}
              count={unread === 0 ? undefined : unread}
            >
              {label}
            </Chip>
          ))}
        </nav>
      )}
      <div class="notes-days">
        {days.map(({ label, items }) => (
          <section key={label} class="notes-day">
            <h2>{label}</h2>
            <ul>
              {items.map((item) => (
                <Line key={item.id} {...props} item={item} />
              ))}
            </ul>
          </section>
        ))}
        {days.length === 0 && (
          <EmptyState
            icon="bell"
            title={t(isFiltered ? 'notifications.emptyFilter' : 'notifications.empty')}
            text={t('notifications.emptyText')}
            action={{ href: '/settings#notifications', label: t('notifications.choose') }}
          />
        )}
        <Pagination href={next} label={t('notifications.more')} />
      </div>
      <p class="notes-foot">
        <a href="/notifications">{t('notifications.all')}</a>
      </p>
    </section>
  )
}

function Head({ t, unread, path }: NotificationsProps): VNode {
  return (
    <header class="notes-head">
      <h1 id="notes-title">{t('notifications.title')}</h1>
      {unread > 0 && (
        <form method="post" action="/notifications/read">
          <input type="hidden" name="return" value={path} />
          <button class="notes-read">{t('notifications.readAll')}</button>
        </form>
      )}
      <a class="button button-quiet button-icon" href="/settings#notifications">
        <Icon name="settings-2" />
        <VisuallyHidden>{t('notifications.choose')}</VisuallyHidden>
      </a>
    </header>
  )
}

function Line({ t, item }: NotificationsProps & { readonly item: NotificationItem }): VNode {
  const { href, quote, at, time, isRead, id } = item
  return (
    <li class={isRead ? 'note' : 'note note-unread'} data-note={id}>
      <a href={href}>
        <Face {...item} />
        <span class="note-words">
          <Sentence t={t} item={item} />
          {quote !== undefined && <span class="note-quote">«{quote}»</span>}
          <span class="note-time">
            <time dateTime={at}>{time}</time>
            {!isRead && (
              <span class="note-dot">
                <VisuallyHidden>{t('notifications.unread')}</VisuallyHidden>
              </span>
            )}
          </span>
        </span>
      </a>
    </li>
  )
}

function Face({ actor, icon, group }: NotificationItem): VNode {
  if (!actor) {
    return (
      <span class={`note-face note-sign note-${group}`}>
        <Icon name={icon} size={22} />
      </span>
    )
  }
  return (
    <span class="note-face">
      <Avatar name={actor.displayName} username={actor.username} src={actor.avatar} size={44} />
      <span class={`note-badge note-${group}`}>
        <Icon name={icon} size={14} />
      </span>
    </span>
  )
}

function Sentence({ t, item }: Pick<NotificationsProps, 't'> & { item: NotificationItem }): VNode {
  const { actor, others, text } = item
  return (
    <span class="note-text">
      {actor && <b>{actor.displayName}</b>}
      {actor && others > 0 && (
        <>
          {` ${t('notifications.and')} `}
          <b>{t('notifications.people', { count: others })}</b>
        </>
      )}
      {actor ? ` ${text}` : text}
    </span>
  )
}
