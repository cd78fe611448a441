import type { VNode } from 'preact'
import type { Reply } from '../../protocol/dto.ts'
import type { Desk } from '../../desk/desk.ts'
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
  const { name, username } = whoSaid(desk, reply)
  return (
    <button
      type="button"
      class={`answer hue-${hueOf(username)}`}
      onClick={(event) => {
        event.stopPropagation()
        desk.show(chat, reply.seq)
      }}
    >
      {!isUnseen(reply) && <strong>{name}</strong>}
      <span class={reply.quote ? 'answer-quote' : undefined} dir="auto">
        {reply.quote?.text ||
          shortlyAnswered(reply, desk.say) ||
          desk.say(whyUnseen(desk, reply, chat))}
      </span>
    </button>
  )
}

function isUnseen({ sender, text, quote }: Reply): boolean {
  return sender === null && text === '' && !quote
}

function whyUnseen({ messenger }: Desk, { seq }: Reply, chat: string) {
  const from = messenger.book.chat(chat)?.me?.clearedSeq ?? 0
  return seq <= from ? 'reply.earlier' : 'reply.gone'
}

function whoSaid({ messenger, say }: Desk, reply: Reply): { name: string; username: string } {
  const { self, book } = messenger
  if (reply.sender === self.id) return { name: self.displayName, username: self.username }
  const sender = book.person(reply.sender)
  return { name: nameOf(sender, say('deletedPerson')), username: sender?.username ?? '' }
}
