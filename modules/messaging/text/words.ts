import { ENTITY_TYPES, type Entity } from '../schema.ts'
import { foundIn, isSafeUrl } from './links.ts'
import { MAX_ENTITIES } from './limits.ts'
import { parseMarkdown } from './markdown.ts'
import { inOrder, type Marked, trimmed } from './spans.ts'

/** Nothing that can be seen. */
const BLANK = /^[\s\p{Cf}\p{Cc}\u3164\u115F\u1160\u2800]*$/u
const FOUND = new Set(['url', 'hashtag', 'mention'])

/**
 * What a message says: Markdown where no entities are given, otherwise the text as it stands.
 *
 * @returns null when the entities do not fit the text.
 */
export function wordsOf(text: string, entities: readonly Entity[] | undefined): Marked | null {
  const clean = cleaned(text)
  if (entities === undefined) return limited(parseMarkdown(clean))
  if (!entities.every((entity) => fits(clean, entity))) return null
  const marked = trimmed({ text: clean, entities })
  const typed = marked.entities.filter(({ type, userId }) => !FOUND.has(type) || userId)
  const found = foundIn(marked.text, typed)
  return limited({ text: marked.text, entities: inOrder([...typed, ...found]) })
}

export function isBlank(text: string): boolean {
  return BLANK.test(text)
}

function limited(marked: Marked): Marked {
  return { text: marked.text, entities: marked.entities.slice(0, MAX_ENTITIES) }
}

/** Broken surrogates and control characters give way, each to one unit: places stay right. */
function cleaned(text: string): string {
  return text.toWellFormed().replaceAll(/(?![\n\t])\p{Cc}/gu, ' ')
}

function fits(text: string, { type, offset, length, url }: Entity): boolean {
  if (!ENTITY_TYPES.includes(type) || offset + length > text.length) return false
  if (isInsidePair(text, offset) || isInsidePair(text, offset + length)) return false
  return type !== 'link' || (url !== undefined && isSafeUrl(url))
}

function isInsidePair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return at < text.length && unit >= 0xdc_00 && unit <= 0xdf_ff
}
