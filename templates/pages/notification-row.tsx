import type { VNode } from 'preact'
import { Avatar } from '../avatar.tsx'
import type { IconName } from '../icon-names.ts'
import { Icon } from '../icon.tsx'
import type { Translate } from '../translate.ts'
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
  /** What such lines are called; absent where they cannot be silenced. */
  readonly kind?: string | undefined
}

type RowProps = {
  readonly t: Translate
  /** Where its forms come back to. */
  readonly path: string
  readonly item: NotificationItem
}

/** One line of the list, with what can be done about it. */
export function NotificationRow(props: RowProps): VNode {
  const { t, item } = props
  const { href, quote, at, time, isRead, id } = item
  return (
    <li
      class={isRead ? 'note' : 'note note-unread'}
      data-note={id}
      data-swipe={t(isRead ? 'notifications.toUnread' : 'notifications.toRead')}
    >
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
      <Acts {...props} />
    </li>
  )
}

/** A native menu: it opens, closes outside and on Esc without a script. */
function Acts({ t, path, item: { id, isRead, kind, actor, text } }: RowProps): VNode {
  const menu = `note-menu-${id}`
  const about = [actor?.displayName, text].filter((part) => part !== undefined).join(' ')
  return (
    <div class="note-acts">
      <button type="button" class="note-more" popovertarget={menu}>
        <Icon name="ellipsis" />
        <VisuallyHidden>{t('notifications.acts', { about })}</VisuallyHidden>
      </button>
      <div id={menu} class="menu note-menu" popover="auto">
        <form method="post" action={`/notifications/${id}/reading`} data-note-reading>
          <input type="hidden" name="return" value={path} />
          <input type="hidden" name="read" value={isRead ? 'no' : 'yes'} />
          <button class="menu-item">
            <Icon name={isRead ? 'circle' : 'check'} />
            {t(isRead ? 'notifications.markUnread' : 'notifications.markRead')}
          </button>
        </form>
        {kind !== undefined && (
          <form method="post" action={`/notifications/${id}/silence`}>
            <input type="hidden" name="channels" value="" />
            <button class="menu-item">
              <Icon name="bell-off" />
              {t('notifications.silence', { kind })}
            </button>
          </form>
        )}
        <a class="menu-item" href="/settings#notifications">
          <Icon name="settings-2" />
          {t('notifications.choose')}
        </a>
      </div>
    </div>
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

function Sentence({ t, item }: Pick<RowProps, 't' | 'item'>): VNode {
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
