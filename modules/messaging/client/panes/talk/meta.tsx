import type { VNode } from 'preact'
import type { ChatType, Message } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { shortCount } from '../list/chat-row.tsx'

type MetaProps = {
  readonly message: Message
  readonly isOwn: boolean
  readonly isRead: boolean
  /** Over a picture, or on the wall itself. */
  readonly on?: 'picture' | 'wall' | undefined
  readonly type: ChatType
}

const LOOKS = { picture: ' talk-meta-over', wall: ' talk-meta-loose' } as const

/** Views, whether it was edited, when, and how far it has come. */
export function Meta({ message, isOwn, isRead, on, type }: MetaProps): VNode {
  const { say, dates } = useHands().desk
  const { views, editedAt, date } = message
  return (
    <span class={`talk-meta${on ? LOOKS[on] : ''}`}>
      {type === 'channel' && views !== undefined && (
        <span class="talk-views" title={say('views', { count: views })}>
          <Icon name="eye" size={14} />
          {shortCount(views)}
        </span>
      )}
      {editedAt && <span title={dates.full(editedAt)}>{say('edited')}</span>}
      <time dateTime={date} title={dates.full(date)}>
        {dates.time(date)}
      </time>
      {isOwn && (
        <span class={isRead ? 'talk-tick talk-tick-read' : 'talk-tick'}>
          <Icon name={isRead ? 'check-check' : 'check'} size={16} />
          <span class="visually-hidden">{say(isRead ? 'state.read' : 'state.sent')}</span>
        </span>
      )}
    </span>
  )
}
