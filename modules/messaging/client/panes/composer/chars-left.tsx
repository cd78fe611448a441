import type { VNode } from 'preact'
import { MAX_TEXT } from '../../../text/limits.ts'
import { parseMarkdown } from '../../../text/markdown.ts'

const NEAR_LIMIT = 300

/** How many more fit into one message. Counted as the station does: without the signs of Markdown. */
export function charsLeft(typed: string): number {
  const isShort = typed.length <= MAX_TEXT - NEAR_LIMIT
  return MAX_TEXT - (isShort ? typed.length : parseMarkdown(typed.trim()).text.length)
}

/** Only when they are few. */
export function CharsLeft({ typed }: { readonly typed: string }): VNode | null {
  const left = charsLeft(typed)
  if (left >= NEAR_LIMIT) return null
  return <span class={left < 0 ? 'composer-left composer-over' : 'composer-left'}>{left}</span>
}
