import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat, Person } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { OutgoingBubble } from './outgoing-bubble.tsx'

type GoneChatProps = { readonly id: string; readonly reason: string }

/** In place of a chat that one is not in (any more): why, and what was never sent there. */
export function GoneChat({ id, reason }: GoneChatProps): VNode {
  const { desk } = useHands()
  const { say } = desk
  return (
    <section class="talks talks-none" aria-label={say('conversation')}>
      <div class="wall wall-gone">
        <div class="wall-empty" role="alert">
          <span class="empty-art" aria-hidden="true">
            <Icon name="ban" size={24} />
          </span>
          <p class="wall-empty-title">{say(`gone.${reason}`)}</p>
          {reason !== 'missing' && <p>{say('gone.text')}</p>}
          <button type="button" class="button button-line" onClick={() => desk.show(undefined)}>
            {say('gone.back')}
          </button>
        </div>
        <Unsent chat={id} />
      </div>
    </section>
  )
}

/** A link to a chat that is not in the list: asked for, and shown or refused. */
export function UnknownChat({ id }: { readonly id: string }): VNode {
  const { desk } = useHands()
  const { messenger, say } = desk
  const [isMissing, setMissing] = useState(false)
  useEffect(() => {
    let isStale = false
    const find = async (): Promise<void> => {
      const answer = await messenger.ask('chats.get', { chat: id })
      const { chat, people } = answer as { chat: Chat; people: readonly Person[] }
      if (!isStale) await messenger.keep([chat], people)
    }
    find().catch(() => !isStale && setMissing(true))
    return () => void (isStale = true)
  }, [id])
  if (isMissing) return <GoneChat id={id} reason="missing" />
  return (
    <section class="talks" aria-label={say('conversation')} aria-busy="true">
      <div class="head head-skeleton" />
      <div class="wall" />
    </section>
  )
}

/** It can be copied and then thrown away; nothing that was written is lost with the chat. */
function Unsent({ chat }: { readonly chat: string }): VNode | null {
  const { desk, deeds } = useHands()
  const { messenger, say } = desk
  const { drafts, outbox } = messenger
  useWatched(outbox, drafts)
  const items = outbox.of(chat)
  const draft = drafts.of(chat)
  if (items.length === 0 && !draft?.text) return null
  return (
    <section class="unsent" aria-label={say('unsent')}>
      <h2>{say('unsent')}</h2>
      <div class="unsent-items" role="list">
        {items.map((item) => (
          <OutgoingBubble key={item.cid} item={item} chat={chat} isFirst isLast isNewest />
        ))}
      </div>
      {draft?.text && (
        <p class="unsent-draft">
          <span>
            <strong>{say('draft')}</strong> {draft.text}
          </span>
          <button type="button" onClick={() => void deeds.copy(draft.text)}>
            {say('copy')}
          </button>
        </p>
      )}
    </section>
  )
}
