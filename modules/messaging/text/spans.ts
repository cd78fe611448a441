import type { Entity } from './entity.ts'

/** Text that is being made, and what stands where in it. */
export interface Marked {
  readonly text: string
  readonly entities: readonly Entity[]
}

export function plain(text: string): Marked {
  return { text, entities: [] }
}

export function joined(parts: readonly Marked[]): Marked {
  let text = ''
  const entities: Entity[] = []
  for (const part of parts) {
    for (const entity of part.entities) {
      entities.push({ ...entity, offset: entity.offset + text.length })
    }
    text += part.text
  }
  return { text, entities }
}

/** The same with one more entity around all of it; nothing around nothing. */
export function wrapped(inner: Marked, entity: Omit<Entity, 'offset' | 'length'>): Marked {
  if (inner.text === '') return inner
  return {
    text: inner.text,
    entities: [{ ...entity, offset: 0, length: inner.text.length }, ...inner.entities],
  }
}

/** In the order of the text, the longer first where two begin together. */
export function inOrder(entities: readonly Entity[]): Entity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
}

/** White space at both ends falls away, and so does what stood there. */
export function trimmed({ text, entities }: Marked): Marked {
  const start = text.length - text.trimStart().length
  const kept = text.trim()
  if (kept.length === text.length) return { text, entities }
  const moved = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - start)
    const to = Math.min(kept.length, entity.offset + entity.length - start)
    return to > from ? [{ ...entity, offset: from, length: to - from }] : []
  })
  return { text: kept, entities: moved }
}
