import type { VNode } from 'preact'
import type { Reply } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { hueOf } from '../../look/face.tsx'
import { shortlyAnswered } from '../../look/shortly.ts'
import { nameOf } from '../../store/effects.ts'

/** What a message answers: one line that leads there. */
export function ReplyLine({
  reply,
  chat,
}: {
  readonly reply: Reply
  readonly chat: string
}): VNode {
  const { desk } = useHands()
  const { messenger, say } = desk
  const sender = messenger.book.person(reply.sender)
  const name =
    reply.sender === messenger.self.id
      ? messenger.self.displayName
      : nameOf(sender, say('deletedPerson'))
  const username =
    reply.sender === messenger.self.id ? messenger.self.username : (sender?.username ?? '')
  return (
    <button
      type="button"
      class={`answer hue-${hueOf(username)}`}
      onClick={(event) => {
        event.stopPropagation()
        desk.show(chat, reply.seq)
      }}
    >
      <strong>{name}</strong>
      <span class={reply.quote ? 'answer-quote' : undefined} dir="auto">
        {reply.quote?.text || shortlyAnswered(reply, say) || say('reply.gone')}
      </span>
    </button>
  )
}
