import type { Message } from '../protocol/dto.ts'

const EMOJI_ONLY = /^(?:\p{RGI_Emoji}){1,3}$/v

export function isOnlyEmoji(text: string): boolean {
  return text.length <= 40 && EMOJI_ONLY.test(text.trim())
}

type Said = Pick<Message, 'text' | 'entities'> & {
  readonly reply: unknown
  readonly forward?: unknown
  readonly preview?: unknown
  /** Of what came with it, or will. */
  readonly files: number
}

/** One to three emoji and nothing else: they stand large on the wall, without a bubble. */
export function isEmojiAlone({ text, entities, reply, forward, preview, files }: Said): boolean {
  if (reply || forward || preview || files > 0 || entities.length > 0) return false
  return isOnlyEmoji(text)
}
