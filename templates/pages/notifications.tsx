import type { VNode } from 'preact'
import { Chip } from '../chip.tsx'
import { EmptyState } from '../empty-state.tsx'
import { Icon } from '../icon.tsx'
import { Pagination } from '../pagination.tsx'
import type { Speech } from '../translate.ts'
import { UndoToast } from '../undo-toast.tsx'
import { VisuallyHidden } from '../visually-hidden.tsx'
import { type NotificationItem, NotificationRow } from './notification-row.tsx'

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
  /** The kind that was silenced a moment ago, and where it was told until then. */
  readonly silenced?:
    | { readonly id: string; readonly kind: string; readonly was: string }
    | undefined
  /** The next page; absent at the end. */
  readonly next?: string | undefined
  /** Path of this page with its filter: where the form comes back to. */
  readonly path: string
}

/** What has happened to a person. A script shows the same panel over any other page. */
export function NotificationsPage(props: NotificationsProps): VNode {
  const { t, days, filters, next, path, silenced } = props
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
                <NotificationRow key={item.id} t={t} path={path} item={item} />
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
      {silenced && (
        <UndoToast
          text={t('notifications.silenced', { kind: silenced.kind })}
          label={t('notifications.undo')}
          action={`/notifications/${silenced.id}/silence`}
          fields={{ channels: silenced.was }}
        />
      )}
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
