import type { VNode } from 'preact'
import type { Chat } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { summaryOf } from '../list/summary.tsx'

/** What is answered or changed. */
export function ContextBar(): VNode | null {
  const hands = useHands()
  const { desk } = hands
  const { answering, editing, say } = desk
  const message = editing ?? answering
  if (!message) return null
  return (
    <div class="composer-context">
      <Icon name={editing ? 'pencil' : 'reply'} size={20} />
      <button
        type="button"
        class="context-words"
        onClick={() => desk.show(message.chat, message.seq)}
      >
        <strong>{editing ? say('edit.title') : titleOf(hands)}</strong>
        <span>{desk.quote?.text ?? summaryOf(hands, message)}</span>
      </button>
      <button
        type="button"
        class="tool"
        aria-label={say(editing ? 'edit.cancel' : 'reply.cancel')}
        onClick={() => (editing ? desk.edit(undefined) : desk.answer(undefined))}
      >
        <Icon name="x" />
      </button>
    </div>
  )
}

function titleOf({ desk }: Hands): string {
  const { answering, messenger, say } = desk
  if (answering?.sender === messenger.self.id) return say('reply.self')
  const name = nameOf(messenger.book.person(answering?.sender ?? null), say('somebody'))
  return say('reply.to', { name })
}

/** Another device has written something else into the same chat. */
export function DraftOffer({
  chat,
  take,
}: {
  readonly chat: Chat
  readonly take: (text: string) => void
}): VNode | null {
  const { messenger, say } = useHands().desk
  const offer = messenger.drafts.offer(chat.id)
  if (!offer) return null
  return (
    <div class="composer-context composer-offer" role="status">
      <Icon name="monitor" size={20} />
      <span class="context-words">
        <strong>{say('draft.offer')}</strong>
        <span>{offer.text}</span>
      </span>
      <button
        type="button"
        class="composer-take"
        onClick={() => {
          messenger.drafts.accept(chat.id)
          take(offer.text)
        }}
      >
        {say('draft.take')}
      </button>
      <button
        type="button"
        class="tool"
        aria-label={say('draft.keep')}
        onClick={() => messenger.drafts.decline(chat.id)}
      >
        <Icon name="x" />
      </button>
    </div>
  )
}
