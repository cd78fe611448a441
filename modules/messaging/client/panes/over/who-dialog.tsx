import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { Chat, Message } from '../../protocol/dto.ts'
import type { WhoPart } from '../../desk/over.ts'
import { type Looker, mayKnowReaders } from '../../desk/may.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { Dialog } from './overlay.tsx'
import { type Who, WhoList } from './who-list.ts'

type WhoProps = {
  readonly chat: Chat
  readonly message: Message
  readonly part: WhoPart
  readonly x: number
  readonly y: number
}

/** Who has reacted to a message or read it: at the pointer, on a phone from below. */
export function WhoDialog({ chat, message, part, x, y }: WhoProps): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const list = useMemo(() => new WhoList(deeds, message, part), [])
  useWatched(list)
  useEffect(() => void list.load(), [])
  const { people } = list
  const parts = partsOf(chat, message, desk.looker)
  return (
    <Dialog
      title={say(list.part === 'read' ? 'who.read' : 'who.title')}
      class="who"
      style={{ '--x': `${x}px`, '--y': `${y}px` }}
    >
      {parts.length > 1 && <Tabs list={list} parts={parts} message={message} />}
      <ul id="who-panel" class="who-people" aria-busy={people === undefined}>
        {people?.map((who) => (
          <Row key={who.user.id} who={who} />
        ))}
      </ul>
      {people?.length === 0 && <p>{say(list.part === 'read' ? 'who.read.none' : 'who.none')}</p>}
      {list.hasMore && (
        <button type="button" class="button button-line" onClick={() => void list.more()}>
          {say('showMore')}
        </button>
      )}
    </Dialog>
  )
}

function partsOf(chat: Chat, message: Message, looker: Looker): readonly WhoPart[] {
  const emoji = message.reactions.map((each) => ({ emoji: each.emoji }))
  const all = emoji.length > 0 ? (['all'] as const) : []
  return [
    ...all,
    ...(emoji.length > 1 ? emoji : []),
    ...(mayKnowReaders(chat, message, looker) ? (['read'] as const) : []),
  ]
}

function keyOf(part: WhoPart): string {
  return typeof part === 'string' ? part : part.emoji
}

type TabsProps = {
  readonly list: WhoList
  readonly parts: readonly WhoPart[]
  readonly message: Message
}

function Tabs({ list, parts, message }: TabsProps): VNode {
  const { say } = useHands().desk
  /* An emoji that is the only one has no part of its own. */
  const at = Math.max(
    0,
    parts.findIndex((part) => keyOf(part) === keyOf(list.part)),
  )
  return (
    <div class="who-tabs" role="tablist" aria-label={say('who.tabs')} onKeyDown={walk}>
      {parts.map((part, index) => (
        <button
          key={keyOf(part)}
          type="button"
          role="tab"
          tabIndex={index === at ? 0 : -1}
          aria-selected={index === at}
          aria-controls="who-panel"
          onClick={() => void list.choose(part)}
        >
          <TabLabel part={part} message={message} />
        </button>
      ))}
    </div>
  )

  function walk({ key, currentTarget }: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (step === undefined || !(currentTarget instanceof HTMLElement)) return
    const next = (at + step + parts.length) % parts.length
    const part = parts[next]
    if (part === undefined) return
    void list.choose(part)
    currentTarget.querySelectorAll('button')[next]?.focus()
  }
}

type TabLabelProps = { readonly part: WhoPart; readonly message: Message }

function TabLabel({ part, message }: TabLabelProps): VNode {
  const { say } = useHands().desk
  const { reactions } = message
  if (part === 'read') {
    return (
      <>
        <Icon name="check-check" size={18} />
        {say('who.read.tab')}
      </>
    )
  }
  if (part === 'all') return <>{say('who.all', { count: countOf(message) })}</>
  const count = reactions.find(({ emoji }) => emoji === part.emoji)?.count ?? 0
  return (
    <>
      <span class="visually-hidden">{say('reaction', { emoji: part.emoji, count })}</span>
      <span aria-hidden="true">{part.emoji}</span>
      <span aria-hidden="true">{count}</span>
    </>
  )
}

/** How many have reacted. */
export function countOf({ reactions }: Message): number {
  return reactions.reduce((sum, { count }) => sum + count, 0)
}

function Row({ who }: { readonly who: Who }): VNode {
  const { desk, deeds } = useHands()
  const { say, dates, messenger } = desk
  const { user, emoji, reactedAt } = who
  return (
    <li class="person">
      <button
        type="button"
        class="person-link"
        disabled={user.deleted || user.id === messenger.self.id}
        onClick={() => void deeds.write(user.username)}
      >
        <PersonFace person={user} size={40} isOnline={messenger.presence.isOnline(user.id)} />
        <span class="row-words">
          <span class="row-title" dir="auto">
            {nameOf(user, say('deletedPerson'))}
          </span>
          {reactedAt !== undefined && (
            <time class="row-summary" dateTime={reactedAt}>
              {dates.moment(reactedAt, desk.nowMs)}
            </time>
          )}
        </span>
        {emoji !== undefined && <span class="who-emoji">{emoji}</span>}
      </button>
    </li>
  )
}
