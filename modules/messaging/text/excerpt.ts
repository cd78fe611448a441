/** Of a longer text this much stands in a row. */
const MAX_UNITS = 160
/** What is meant stands this far from the beginning at most. */
const BEFORE = 40

/** The part of a text around a place of it, not the beginning of a long one. */
export function excerptAround(text: string, offset: number): string {
  const from = offset > BEFORE ? text.indexOf(' ', offset - BEFORE + 10) + 1 : 0
  const start = Math.min(from, offset)
  const end = start + MAX_UNITS
  const part = text.slice(start, end).toWellFormed()
  return `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''}`
}
