/** A letter or digit that nothing joins: most words begin so, and a segmenter is slow to ask. */
const PLAIN = /^[\p{Script=Latin}\p{Script=Cyrillic}\d](?![\p{M}\u200C\u200D])/u
let graphemes: Intl.Segmenter | undefined

/** First letters of the first words, by grapheme, so that no emoji is cut in half. */
export function initialsOf(name: string, limit: number): string {
  const words = name.trim().split(/\s+/u).slice(0, limit)
  return words.map((word) => firstGrapheme(word).toUpperCase()).join('')
}

function firstGrapheme(word: string): string {
  const [plain] = PLAIN.exec(word) ?? []
  if (plain !== undefined) return plain
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  for (const { segment } of graphemes.segment(word.slice(0, 40))) return segment.slice(0, 16)
  return ''
}
