import { wordlessOf } from '../look/shortly.ts'
import type { Message, Reply } from '../protocol/dto.ts'

const REPLY_CHARS = 120

/** What an answer shows of this message until the station has its own word. */
export function replyTo(message: Message): Reply {
  const { seq, sender } = message
  const text = message.text.slice(0, REPLY_CHARS)
  const shown = text === '' ? wordlessOf(message) : undefined
  return { seq, sender, text, ...(shown && { shown }) }
}
