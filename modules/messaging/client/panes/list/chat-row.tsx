import { Component, type VNode } from 'preact'
import { useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { ChatFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { isMuted } from '../../store/book.ts'
import { useRowSwipe } from './row-swipe.ts'
import { draftIn, Summary } from './summary.tsx'

type ChatRowProps = {
  readonly chat: Chat
  readonly isOpen: boolean
  /** Grows with whatever else a row tells of: people, drafts, what is being typed and sent. */
  readonly known: number
}

/** Draws only when something a row tells of has changed: there are many of them. */
export class ChatRow extends Component<ChatRowProps> {
  override shouldComponentUpdate({ chat, isOpen, known }: Readonly<ChatRowProps>): boolean {
    const { props } = this
    return chat !== props.chat || isOpen !== props.isOpen || known !== props.known
  }

  override render({ chat, isOpen }: Readonly<ChatRowProps>): VNode {
    return <Row chat={chat} isOpen={isOpen} />
  }
}

/** One chat in the list: a link, so that it opens in another tab as well. */
function Row({ chat, isOpen }: Omit<ChatRowProps, 'known'>): VNode {
  const { desk, deeds } = useHands()
  const { messenger, say } = desk
  const title = deeds.titleOf(chat)
  const muted = isMuted(chat, desk.nowMs)
  const row = useRef<HTMLLIElement>(null)
  useRowSwipe(row, {
    archive: () => void deeds.archive(chat.id, !chat.me?.archived),
    read: () => void deeds.markUnread(chat.id, false),
  })
  const isOnline = chat.type === 'private' && messenger.presence.isOnline(chat.peer?.id ?? '')
  return (
    <li class="row" data-chat={chat.id} ref={row}>
      {navigator.maxTouchPoints > 0 && <RowActions chat={chat} muted={muted} />}
      <a
        class="row-link"
        href={`/chats/${chat.id}`}
        aria-current={isOpen ? 'true' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          desk.show(chat.id)
        }}
        onContextMenu={(event) => {
          event.preventDefault()
          desk.open({ kind: 'chat', chat: chat.id, x: event.clientX, y: event.clientY })
        }}
      >
        <ChatFace chat={chat} title={title} size={52} isOnline={isOnline} />
        <span class="row-words">
          <span class="row-first">
            <KindIcon chat={chat} />
            <span class="row-title">{title}</span>
            {muted && <Icon name="bell-off" size={14} class="row-muted" />}
            {muted && <span class="visually-hidden">{say('muted')}</span>}
            <span class="row-end">
              <Ticks chat={chat} />
              <When chat={chat} />
            </span>
          </span>
          <span class="row-second">
            <span class="row-summary">
              <Summary chat={chat} />
            </span>
            <Badges chat={chat} muted={muted} />
          </span>
        </span>
        {isOnline && <span class="visually-hidden">{say('seen.online')}</span>}
      </a>
    </li>
  )
}

/** Behind the row, for fingers; with a mouse the same stands in the menu. */
function RowActions({ chat, muted }: { readonly chat: Chat; readonly muted: boolean }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  return (
    <span class="row-actions" aria-hidden="true">
      <button
        type="button"
        tabIndex={-1}
        onClick={() =>
          muted ? void deeds.mute(chat.id, null) : desk.open({ kind: 'mute', chat: chat.id })
        }
      >
        <Icon name={muted ? 'bell' : 'bell-off'} />
        {say(muted ? 'unmute.short' : 'mute.short')}
      </button>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => void deeds.archive(chat.id, !chat.me?.archived)}
      >
        <Icon name="archive" />
        {say(chat.me?.archived ? 'row.unarchive' : 'archive.put')}
      </button>
    </span>
  )
}

function KindIcon({ chat }: { readonly chat: Chat }): VNode | null {
  if (chat.type === 'group') return <Icon name="users" size={16} class="row-kind" />
  if (chat.type === 'channel') return <Icon name="megaphone" size={16} class="row-kind" />
  return null
}

/** When that was said, or begun, of which the line below tells. */
function When({ chat }: { readonly chat: Chat }): VNode | null {
  const hands = useHands()
  const { dates, nowMs } = hands.desk
  const begunAt = draftIn(hands, chat) === undefined ? undefined : chat.me?.draft?.at
  const at = begunAt ?? chat.last?.date
  return at === undefined ? null : <time dateTime={at}>{dates.brief(at, nowMs)}</time>
}

function Ticks({ chat }: { readonly chat: Chat }): VNode | null {
  const hands = useHands()
  const state = lastState(hands, chat)
  if (state === undefined) return null
  const icons = { waiting: 'clock', failed: 'circle-alert', sent: 'check', read: 'check-check' }
  return (
    <span class={`row-ticks row-ticks-${state}`}>
      <Icon name={icons[state]} size={16} />
      <span class="visually-hidden">{hands.desk.say(`state.${state}`)}</span>
    </span>
  )
}

function lastState(hands: Hands, chat: Chat): 'waiting' | 'failed' | 'sent' | 'read' | undefined {
  const { messenger } = hands.desk
  const { id, last, othersReadSeq, type } = chat
  const outgoing = messenger.outbox.of(id)
  if (outgoing.some(({ state }) => state === 'failed')) return 'failed'
  if (outgoing.length > 0) return 'waiting'
  /* The line below tells of a draft then, not of what was said last. */
  if (draftIn(hands, chat) !== undefined) return undefined
  if (!last || last.sender !== messenger.self.id || last.kind === 'service') return undefined
  if (type === 'saved') return 'read'
  return othersReadSeq >= last.seq ? 'read' : 'sent'
}

function Badges({ chat, muted }: { readonly chat: Chat; readonly muted: boolean }): VNode | null {
  const { say } = useHands().desk
  const { me } = chat
  if (!me) return null
  if (me.unread === 0 && !me.markedUnread) {
    if (me.mentions === 0 && me.pinned !== null) {
      return <Icon name="pin" size={16} class="row-pin" />
    }
    return null
  }
  return (
    <span class="row-badges">
      {me.mentions > 0 && (
        <span class="count" title={say('mentions', { count: me.mentions })}>
          <Icon name="at-sign" size={14} />
          <span class="visually-hidden">{say('mentions', { count: me.mentions })}</span>
        </span>
      )}
      <span class={muted ? 'count count-muted' : 'count'}>
        {me.unread > 0 && <span aria-hidden="true">{shortCount(me.unread)}</span>}
        <span class="visually-hidden">
          {me.unread > 0 ? say('unread', { count: me.unread }) : say('markedUnread')}
        </span>
      </span>
    </span>
  )
}

export function shortCount(count: number): string {
  return count > 9_999 ? `${Math.floor(count / 1000)}K` : String(count)
}
