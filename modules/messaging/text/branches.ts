import type { Entity } from './entity.ts'

/** A piece of a text: plain words, or what an entity says of the pieces in it. */
export type Branch = string | Bough

export interface Bough {
  readonly entity: Entity
  /** All of it without marks. */
  readonly words: string
  readonly children: readonly Branch[]
}

const BLOCKS = new Set(['quote', 'pre'])
/** What stands in them is taken as it is written. */
const WHOLE = new Set(['code', 'pre', 'mention', 'hashtag'])

/** A text with its entities as a tree; entities that do not fit the text are left out. */
export function branchesOf(text: string, entities: readonly Entity[]): Branch[] {
  const sound = entities
    .filter(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return stretch(text, sound, 0, text.length)
}

/** Whether an entity stands on lines of its own. */
export function isBlock({ type }: Entity): boolean {
  return BLOCKS.has(type)
}

/** Entities are nested or apart; one that crosses the end of another is cut there. */
function stretch(text: string, entities: readonly Entity[], from: number, to: number): Branch[] {
  const parts: Branch[] = []
  let at = from
  for (const [index, entity] of entities.entries()) {
    if (entity.offset < at) continue
    const end = Math.min(entity.offset + entity.length, to)
    if (entity.offset > at) parts.push(text.slice(at, entity.offset))
    parts.push(boughOf(text, entity, entities.slice(index + 1), end))
    /* What stands as a block has ended its line already. */
    at = isBlock(entity) && text[end] === '\n' ? end + 1 : end
  }
  if (to > at) parts.push(text.slice(at, to))
  return parts
}

function boughOf(text: string, entity: Entity, later: readonly Entity[], end: number): Bough {
  const words = text.slice(entity.offset, end)
  if (WHOLE.has(entity.type)) return { entity, words, children: [words] }
  const inner = later
    .filter(({ offset }) => offset >= entity.offset && offset < end)
    .map((each) => ({ ...each, length: Math.min(each.length, end - each.offset) }))
  return { entity, words, children: stretch(text, inner, entity.offset, end) }
}

/** Where a bare address in a text leads. */
export function addressOf(words: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`
}
