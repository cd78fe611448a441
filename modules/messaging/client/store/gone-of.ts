import type { Message } from '../protocol/dto.ts'

/** Why nothing is left of what was passed on, and how that is said: undefined where there is something. */
export function goneOf(message: Message): 'forwarded.gone' | 'post.gone' | undefined {
  const { kind, forward, text, media, post } = message
  if (text !== '' || media.length > 0 || post !== null) return undefined
  if (forward?.deleted) return 'forwarded.gone'
  return kind === 'post' ? 'post.gone' : undefined
}
