import type { VNode } from 'preact'
import type { Chat, Message } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { oneLine, shortly, shortlySent } from '../../look/shortly.ts'
import { nameOf } from '../../store/effects.ts'
import { serviceText } from '../talk/service-text.ts'

/** The second line of a row in the list: a draft, somebody who writes, or the last message. */
export function Summary({ chat }: { readonly chat: Chat }): VNode {
  const hands = useHands()
  const { desk } = hands
  const { say, messenger } = desk
  const typing = messenger.presence.typingIn(chat.id)
  if (typing.length > 0) {
    return <span class="row-typing">{typingText(hands, chat)}</span>
  }
  const draft = draftIn(hands, chat)
  if (draft !== undefined) {
    return (
      <>
        <span class="row-draft">{say('draft')}</span> {oneLine(draft)}
      </>
    )
  }
  const outgoing = messenger.outbox.of(chat.id).at(-1)
  if (outgoing) return <>{shortlySent(outgoing.text, outgoing.files, say)}</>
  if (!chat.last) return <>{say(`empty.${chat.type}`)}</>
  const who = authorOf(hands, chat, chat.last)
  return (
    <>
      {who !== '' && <span class="row-who">{who}: </span>}
      {summaryOf(hands, chat.last)}
    </>
  )
}

/** What one has begun to write there; that of the open chat stands in its composer. */
export function draftIn({ desk }: Hands, { id }: Chat): string | undefined {
  const { text = '' } = desk.messenger.drafts.of(id) ?? {}
  return text === '' || desk.chat === id ? undefined : text
}

export function typingText({ desk }: Hands, chat: Chat): string {
  const { say, messenger } = desk
  const [first, second] = messenger.presence.typingIn(chat.id)
  if (!first) return ''
  if (chat.type === 'private') return say(`typing.${first.what}`)
  const name = firstName(nameOf(messenger.book.person(first.user), say('somebody')))
  if (second) return say('typing.many', { count: messenger.presence.typingIn(chat.id).length })
  return say(`typing.who.${first.what}`, { name })
}

function firstName(name: string): string {
  return name.split(/\s+/u)[0] ?? name
}

/** Whoever said it, where several people speak. */
export function authorOf({ desk }: Hands, chat: Chat, { sender, kind }: Message): string {
  if (chat.type !== 'group' || kind === 'service') return ''
  const { messenger, say } = desk
  if (sender === messenger.self.id) return say('you')
  return firstName(nameOf(messenger.book.person(sender), say('somebody')))
}

/** What a message says, in one line. */
export function summaryOf(hands: Hands, message: Message): string {
  const { say } = hands.desk
  if (message.kind === 'service') return serviceText(hands, message)
  return shortly(message, say)
}
