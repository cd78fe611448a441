import type { VNode } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { mayAttach, mayWrite } from '../../desk/may.ts'
import { Icon } from '../../look/icon.tsx'
import { isMuted } from '../../store/book.ts'
import { enter, type Entrance } from '../../store/entrance.ts'
import { Composer } from '../composer/composer.tsx'
import { filesOf } from '../composer/picking.ts'
import { LinkLine } from '../link-line.tsx'
import { GoneChat, UnknownChat } from './gone-chat.tsx'
import { Head } from './head.tsx'
import { PinsBar } from './pins-bar.tsx'
import { SearchBar } from './search-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { Wall } from './wall.tsx'

/** The open chat, or what to do where none is open. */
export function Conversation(): VNode {
  const { desk } = useHands()
  const { messenger, say } = desk
  const [isDropping, setDropping] = useState(false)
  useWatched(desk, messenger.book)
  const id = desk.chat
  const chat = id === undefined ? undefined : messenger.book.chat(id)
  const gone = id === undefined ? undefined : messenger.book.goneBecause(id)
  if (id === undefined) return <NoChat />
  if (!chat && gone) return <GoneChat id={id} reason={gone} />
  if (!chat) return <UnknownChat id={id} />
  return (
    <section
      class="talks"
      aria-label={say('conversation')}
      onDragOver={allow}
      onDragLeave={(event) => !isWithin(event) && setDropping(false)}
      onDrop={drop}
    >
      <Head chat={chat} />
      {/* Beside the list it stands there. */}
      <div class="phone-only">
        <LinkLine />
      </div>
      {desk.search === undefined ? (
        <PinsBar key={chat.id} chat={chat} />
      ) : (
        <SearchBar chat={chat} />
      )}
      <OpenWall key={chat.id} chat={chat} />
      {desk.isSelecting ? <SelectionBar chat={chat} /> : <Foot chat={chat} />}
      {isDropping && <DropPlace />}
    </section>
  )

  function maySend(): boolean {
    return chat !== undefined && desk.can('media') && mayWrite(chat) && mayAttach(chat)
  }

  /** Files may be dropped here, where one may send any; nowhere does the browser open them instead. */
  function allow(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = maySend() ? 'copy' : 'none'
    setDropping(maySend())
  }

  function drop(event: DragEvent): void {
    setDropping(false)
    const files = filesOf(event.dataTransfer)
    if (files.length === 0) return
    event.preventDefault()
    if (maySend()) desk.open({ kind: 'files', files })
  }
}

/** Whether what is dragged goes on over something inside. */
function isWithin({ currentTarget, relatedTarget }: DragEvent): boolean {
  return (
    currentTarget instanceof Node &&
    relatedTarget instanceof Node &&
    currentTarget.contains(relatedTarget)
  )
}

function DropPlace(): VNode {
  const { say } = useHands().desk
  return (
    <div class="drop-place" aria-hidden="true">
      <Icon name="paperclip" size={24} />
      {say('files.here')}
    </div>
  )
}

function OpenWall({ chat }: { readonly chat: Chat }): VNode {
  const { desk } = useHands()
  const [entrance, setEntrance] = useState<Entrance>()
  /* Before anything is drawn: what is in memory already stands in the first picture. */
  useLayoutEffect(() => {
    let isStale = false
    const open = async (): Promise<void> => {
      const opened = await enter(desk.messenger, chat, desk.target)
      if (!isStale) setEntrance(opened)
    }
    void open()
    return () => void (isStale = true)
  }, [chat.id])
  if (!entrance) return <div class="wall" />
  return <Wall chat={chat} entrance={entrance} />
}

/** The composer, or why one cannot write here. */
function Foot({ chat }: { readonly chat: Chat }): VNode {
  const { say } = useHands().desk
  const { me, type } = chat
  if (!me || me.state === 'left') return <JoinFoot chat={chat} />
  if (type === 'channel' && me.state === 'in' && !mayWrite(chat)) return <MuteFoot chat={chat} />
  const why = whySilent(chat)
  if (why !== undefined) return <div class="foot-note">{say(why)}</div>
  return <Composer key={chat.id} chat={chat} />
}

function whySilent(chat: Chat): string | undefined {
  const { me, type, peer } = chat
  if (me?.state === 'removed') return 'gone.removed'
  if (me?.state === 'requested') return 'foot.requested'
  if (type === 'private' && peer?.deleted) return 'foot.deleted'
  return mayWrite(chat) ? undefined : 'foot.readonly'
}

function JoinFoot({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  if (chat.slug === null) return <div class="foot-note">{desk.say('foot.left')}</div>
  return (
    <div class="foot-note">
      <button type="button" class="button button-primary" onClick={() => void deeds.join(chat.id)}>
        {desk.say(chat.type === 'channel' ? 'join.channel' : 'join.group')}
      </button>
    </div>
  )
}

function MuteFoot({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const muted = isMuted(chat, desk.nowMs)
  return (
    <div class="foot-note">
      <button
        type="button"
        class="foot-mute"
        onClick={() => void deeds.mute(chat.id, muted ? null : FOREVER)}
      >
        {desk.say(muted ? 'unmute' : 'mute')}
      </button>
    </div>
  )
}

const FOREVER = '9999-12-31T00:00:00.000Z'

function NoChat(): VNode {
  const { say } = useHands().desk
  return (
    <section class="talks talks-none" aria-label={say('conversation')}>
      <div class="wall">
        <p class="wall-hint">{say('chooseChat')}</p>
      </div>
    </section>
  )
}
