import { Component, type VNode } from 'preact'
import type { Chat, Message } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Bubble } from './bubble.tsx'
import { OutgoingBubble } from './outgoing-bubble.tsx'
import type { Day, Group, Shown } from './rows.ts'
import { serviceText } from './service-text.ts'

type DayProps = {
  readonly day: Day
  readonly chat: Chat
  readonly flash: number | undefined
  /** How many were unread when the chat was opened. */
  readonly unread: number
  /** The one message that Tab stops at; from there arrows lead to the others. */
  readonly newest: string | undefined
}

/** All messages of one day under its name, which stays in sight while they scroll. */
export function DaySection({ day, chat, ...rest }: DayProps): VNode {
  const { desk } = useHands()
  const { dates, say } = desk
  return (
    <section class="day">
      <p class="day-name">
        <button
          type="button"
          onClick={() => openDate()}
          aria-label={say('day.choose', { day: dates.day(day.date, desk.nowMs) })}
        >
          {dates.day(day.date, desk.nowMs)}
        </button>
      </p>
      {day.groups.map((group) => (
        <Talk key={group.key} group={group} chat={chat} {...rest} />
      ))}
    </section>
  )

  function openDate(): void {
    desk.open({ kind: 'date' })
  }
}

type TalkProps = Omit<DayProps, 'day'> & { readonly group: Group }

function Talk({ group, chat, flash, unread, newest }: TalkProps): VNode {
  const { desk } = useHands()
  const { messenger, say } = desk
  const isOwn = group.sender === messenger.self.id && chat.type !== 'channel'
  const hasFace = !isOwn && chat.type === 'group' && !group.isService
  return (
    <>
      {group.startsUnread && (
        <p class="unread-line" data-key="unread">
          {say('unread', { count: unread })}
        </p>
      )}
      {group.isService ? (
        <ServiceLine group={group} />
      ) : (
        <div class={isOwn ? 'group group-own' : hasFace ? 'group group-faced' : 'group'}>
          {hasFace && <SenderFace sender={group.sender} />}
          <div class="group-bubbles" role="list">
            {group.messages.map((shown, index) => (
              <One
                key={shown.key}
                shown={shown}
                chat={chat}
                isOwn={isOwn}
                isFirst={index === 0}
                isLast={index === group.messages.length - 1}
                isNewest={shown.key === newest}
                isFlashing={shown.kind === 'message' && shown.message.seq === flash}
                isRead={isRead(shown, chat)}
                isSelected={shown.kind === 'message' && desk.selected.has(shown.message.seq)}
                isSelecting={desk.isSelecting}
                meant={desk.meant}
                personVersion={nameIn(shown)}
                outbox={shown.kind === 'outgoing' ? messenger.outbox.version : 0}
              />
            ))}
          </div>
        </div>
      )}
    </>
  )

  function nameIn(shown: Shown): string {
    if (shown.kind !== 'message') return ''
    return messenger.book.person(shown.message.sender)?.displayName ?? ''
  }
}

/** For the pointer alone: the name is said with each message. */
function SenderFace({ sender }: { readonly sender: string | null }): VNode {
  const { desk, deeds } = useHands()
  const person = desk.messenger.book.person(sender)
  return (
    <button
      type="button"
      class="group-face"
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => person && !person.deleted && void deeds.write(person.username)}
    >
      <PersonFace person={person} size={36} />
    </button>
  )
}

function isRead(shown: Shown, chat: Chat): boolean {
  if (shown.kind !== 'message') return false
  return chat.type === 'saved' || chat.othersReadSeq >= shown.message.seq
}

export type OneProps = {
  readonly shown: Shown
  readonly chat: Chat
  readonly isOwn: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly isNewest: boolean
  readonly isFlashing: boolean
  readonly isRead: boolean
  readonly isSelected: boolean
  readonly isSelecting: boolean
  readonly meant: ReadonlySet<string>
  readonly personVersion: string
  readonly outbox: number
}

/** Draws only when something about this one message has changed: there are many of them. */
class One extends Component<OneProps> {
  override shouldComponentUpdate(next: Readonly<OneProps>): boolean {
    const { chat: nextChat, shown: nextShown, ...rest } = next
    const { chat, shown } = this.props
    const isSame =
      sameShown(shown, nextShown) &&
      chat.type === nextChat.type &&
      chat.permissions === nextChat.permissions &&
      Object.entries(rest).every(([name, value]) => this.props[name as keyof OneProps] === value)
    return !isSame
  }

  /** What has arrived is another element than what was on its way; the focus goes over to it. */
  override getSnapshotBeforeUpdate({ shown }: Readonly<OneProps>): boolean {
    const focused = document.activeElement?.getAttribute('data-key')
    return shown.kind !== this.props.shown.kind && focused === shown.key
  }

  override componentDidUpdate(_props: unknown, _state: unknown, hadFocus: boolean): void {
    if (!hadFocus) return
    const arrived = document.querySelector<HTMLElement>(`.talk[data-key="${this.props.shown.key}"]`)
    arrived?.focus({ preventScroll: true })
  }

  override render({ shown, ...rest }: Readonly<OneProps>): VNode {
    if (shown.kind === 'message')
      return <Bubble {...rest} message={shown.message} dataKey={shown.key} />
    return <OutgoingBubble {...rest} chat={rest.chat.id} item={shown.item} />
  }
}

function sameShown(a: Shown, b: Shown): boolean {
  if (a.kind === 'message') return b.kind === 'message' && a.message === b.message
  return b.kind === 'outgoing' && a.item === b.item
}

function ServiceLine({ group }: { readonly group: Group }): VNode {
  const hands = useHands()
  return (
    <>
      {group.messages.map((shown) =>
        shown.kind === 'message' ? (
          <p class="service-line" key={shown.key} data-key={shown.key}>
            <ServiceWords hands={hands} message={shown.message} />
          </p>
        ) : null,
      )}
    </>
  )
}

/** What was pinned is a press away, as long as it is there. */
function ServiceWords({ hands, message }: { hands: Hands; message: Message }): VNode {
  const { text = '', shown, seq = 0 } = message.service?.pinned ?? {}
  const words = serviceText(hands, message)
  if (text === '' && !shown) return <span>{words}</span>
  return (
    <button type="button" onClick={() => hands.desk.show(message.chat, seq)}>
      {words}
    </button>
  )
}
