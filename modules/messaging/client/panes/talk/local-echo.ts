import { parseMarkdown } from '../../../text/markdown.ts'
import type { Entity } from '../../protocol/dto.ts'

/** What the station is going to make of a text, until it says so. */
export function parseText(text: string): { text: string; entities: readonly Entity[] } {
  return parseMarkdown(text)
}
