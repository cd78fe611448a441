import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { mayChangeInfo, mayInvite, mayLetIn, maySeePeople } from '../../desk/may.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { ChatFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { isMuted } from '../../store/book.ts'
import { MENU_PX } from '../over/menu.tsx'
import { secondText } from '../talk/head.tsx'
import { Beside } from './beside.tsx'
import { Members } from './members.tsx'
import { LettingIn } from './letting-in.tsx'
import { Online } from './online.tsx'
import { SharedMedia } from './shared-media.tsx'

/** Who or what the open chat is, and what can be changed about it. */
export function DetailsPane(): VNode | null {
  const hands = useHands()
  const { desk, deeds } = hands
  const { messenger, say } = desk
  useWatched(desk, messenger.book, messenger.presence)
  /* What is said in the chat stands there first. */
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => setDrawn(true), [])
  const chat = desk.chat === undefined ? undefined : messenger.book.chat(desk.chat)
  if (!chat || !desk.hasDetails) return null
  const title = deeds.titleOf(chat)
  return (
    <aside class="details" aria-label={say(`details.${chat.type}`)}>
      <header class="details-head">
        <h2>{say(`details.${chat.type}`)}</h2>
        {mayChangeInfo(chat) && (
          <button
            type="button"
            class="tool"
            aria-label={say('chat.edit')}
            onClick={() => desk.open({ kind: 'edit-chat', chat: chat.id })}
          >
            <Icon name="pencil" />
          </button>
        )}
        <button
          type="button"
          class="tool"
          aria-label={say('details.close')}
          onClick={() => desk.showDetails(false)}
        >
          <Icon name="x" />
        </button>
      </header>
      <div class="details-scroll" tabIndex={0} role="region" aria-label={title}>
        <div class="details-who">
          <ChatFace chat={chat} title={title} size={96} />
          <p class="details-name">{title}</p>
          <p class="details-second">
            {secondText(hands, chat)}
            <Online key={`online ${chat.id}`} chat={chat} />
          </p>
        </div>
        {isDrawn && <More chat={chat} />}
      </div>
    </aside>
  )
}

function More({ chat }: { readonly chat: Chat }): VNode {
  const { desk } = useHands()
  return (
    <>
      <Actions chat={chat} />
      <About chat={chat} />
      {mayLetIn(chat) && <LettingIn key={chat.id} chat={chat} />}
      {desk.can('msg.shared') && <SharedMedia key={`media ${chat.id}`} chat={chat} />}
      {maySeePeople(chat) && <Members key={`people ${chat.id}`} chat={chat} />}
      {chat.me && chat.type !== 'saved' && <Beside key={`beside ${chat.id}`} chat={chat} />}
    </>
  )
}

function Actions({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const muted = isMuted(chat, desk.nowMs)
  return (
    <div class="details-actions">
      {chat.me &&
        chat.type !== 'saved' &&
        action(muted ? 'bell' : 'bell-off', say(muted ? 'unmute.short' : 'mute.short'), () =>
          muted ? void deeds.mute(chat.id, null) : desk.open({ kind: 'mute', chat: chat.id }),
        )}
      {mayInvite(chat) &&
        chat.type === 'group' &&
        action('user-plus', say('add'), () => desk.open({ kind: 'add', chat: chat.id }))}
      {chat.type === 'private' && chat.peer && !chat.peer.deleted && (
        <a class="details-action" href={`/user/${chat.peer.username}`}>
          <Icon name="user" />
          <span>{say('profile')}</span>
        </a>
      )}
      {action('calendar', say('day.short'), () => desk.open({ kind: 'date' }))}
      {chat.me &&
        action('ellipsis', say('more.short'), (event) => {
          const { right, bottom } = (event.currentTarget as Element).getBoundingClientRect()
          desk.open({ kind: 'chat', chat: chat.id, x: right - MENU_PX, y: bottom + 4 })
        })}
    </div>
  )
}

function action(icon: string, label: string, run: (event: MouseEvent) => void): VNode {
  return (
    <button type="button" class="details-action" onClick={run}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  )
}

function About({ chat }: { readonly chat: Chat }): VNode | null {
  const { desk, deeds } = useHands()
  const { say } = desk
  const { peer } = chat
  const address = peer && !peer.deleted ? `/user/${peer.username}` : publicAddress(chat)
  if (chat.about === '' && address === undefined) return null
  return (
    <section class="details-part">
      {chat.about !== '' && (
        <p class="details-about" dir="auto">
          {chat.about}
        </p>
      )}
      {address !== undefined && (
        <p class="details-address">
          <a href={address}>
            {location.host}
            {address}
          </a>
          <button
            type="button"
            class="tool"
            aria-label={say('copy.link')}
            onClick={() => void deeds.copy(location.origin + address)}
          >
            <Icon name="copy" size={18} />
          </button>
        </p>
      )}
    </section>
  )
}

/** Channels have a page that everybody reads; groups with an address are read in the messenger. */
function publicAddress({ id, type, slug }: Chat): string | undefined {
  if (slug === null) return undefined
  return type === 'channel' ? `/channel/${slug}` : `/chats/${id}`
}
