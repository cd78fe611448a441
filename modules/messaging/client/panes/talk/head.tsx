import type { VNode } from 'preact'
import type { Chat } from '../../protocol/dto.ts'
import { type Hands, useHands, useWatched } from '../../desk/use-desk.ts'
import { ChatFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { isMuted } from '../../store/book.ts'
import { MENU_PX } from '../over/menu.tsx'
import { typingText } from '../list/summary.tsx'

/** Whose chat it is and who writes, with what can be done about the whole of it. */
export function Head({ chat }: { readonly chat: Chat }): VNode {
  const hands = useHands()
  const { desk, deeds } = hands
  const { messenger, say } = desk
  useWatched(messenger.presence, messenger)
  const title = deeds.titleOf(chat)
  return (
    <header class="head">
      <button
        type="button"
        class="tool head-back"
        aria-label={say('back')}
        onClick={() => history.back()}
      >
        <Icon name="arrow-left" size={22} />
      </button>
      <button type="button" class="head-who" onClick={() => desk.showDetails(true)}>
        <ChatFace chat={chat} title={title} size={42} />
        <span class="head-words">
          <strong>{title}</strong>
          <Second chat={chat} />
          <span class="visually-hidden">{say('details.open')}</span>
        </span>
      </button>
      <Tools chat={chat} />
    </header>
  )
}

function Tools({ chat }: { readonly chat: Chat }): VNode {
  const { desk } = useHands()
  const { say } = desk
  return (
    <div class="head-tools">
      {desk.can('msg.search') && (
        <button
          type="button"
          class="tool"
          aria-label={say('search.chat')}
          aria-pressed={desk.search !== undefined}
          onClick={() => desk.find(desk.search === undefined ? '' : undefined)}
        >
          <Icon name="search" size={22} />
        </button>
      )}
      {chat.type === 'channel' && chat.me && <Bell chat={chat} />}
      <button
        type="button"
        class="tool desktop-only"
        aria-label={say('details')}
        aria-pressed={desk.hasDetails}
        onClick={() => desk.showDetails(!desk.hasDetails)}
      >
        <Icon name="panel-right" size={22} />
      </button>
      {chat.me && (
        <button
          type="button"
          class="tool"
          aria-label={say('more')}
          onClick={(event) => {
            const { right, bottom } = event.currentTarget.getBoundingClientRect()
            desk.open({ kind: 'chat', chat: chat.id, x: right - MENU_PX, y: bottom + 4 })
          }}
        >
          <Icon name="ellipsis-vertical" size={22} />
        </button>
      )}
    </div>
  )
}

/** In a channel one reads and is told, or not told, of what is new. */
function Bell({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const isOff = isMuted(chat, desk.nowMs)
  return (
    <button
      type="button"
      class="tool desktop-only"
      aria-label={desk.say(isOff ? 'unmute' : 'mute')}
      onClick={() => {
        if (isOff) void deeds.mute(chat.id, null)
        else desk.open({ kind: 'mute', chat: chat.id })
      }}
    >
      <Icon name={isOff ? 'bell-off' : 'bell'} size={22} />
    </button>
  )
}

function Second({ chat }: { readonly chat: Chat }): VNode | null {
  const hands = useHands()
  const { messenger, say } = hands.desk
  const typing = typingText(hands, chat)
  if (messenger.link !== 'live' && messenger.link !== 'updating') {
    return <span class="head-second">{say(`link.${messenger.link}`)}</span>
  }
  if (typing !== '') {
    return (
      <span class="head-second head-typing">
        <i aria-hidden="true" />
        <i aria-hidden="true" />
        <i aria-hidden="true" />
        {typing}
      </span>
    )
  }
  const second = secondText(hands, chat)
  return second === '' ? null : <span class="head-second">{second}</span>
}

export function secondText({ desk }: Hands, chat: Chat): string {
  const { messenger, say, dates } = desk
  if (chat.type === 'saved') return say('saved.text')
  if (chat.type === 'group') return say('members', { count: chat.members })
  if (chat.type === 'channel') return say('readers', { count: chat.members })
  const { peer } = chat
  if (!peer || peer.deleted) return ''
  return dates.lastSeen(messenger.presence.of(peer.id) ?? peer.lastSeen, desk.nowMs)
}
