import type { Entity } from './entity.ts'

/** Of a longer text this much stands in a row. */
const MAX_UNITS = 160
/** What is meant stands this far from the beginning at most. */
const BEFORE = 40

/** What is behind a spoiler is told nowhere else either; every other place stays what it was. */
export function coveredText({
  text,
  entities,
}: {
  readonly text: string
  readonly entities: readonly Pick<Entity, 'type' | 'offset' | 'length'>[]
}): string {
  let words = text
  for (const { type, offset, length } of entities) {
    if (type !== 'spoiler') continue
    const cover = words.slice(offset, offset + length).replaceAll(/[^\s]/g, '▒')
    words = words.slice(0, offset) + cover + words.slice(offset + length)
  }
  return words
}

/** The part of a text around a place of it, not the beginning of a long one. */
export function excerptAround(text: string, offset: number): string {
  const from = offset > BEFORE ? text.indexOf(' ', offset - BEFORE + 10) + 1 : 0
  const start = Math.min(from, offset)
  const end = start + MAX_UNITS
  const part = text.slice(start, end).toWellFormed()
  return `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''}`
}
