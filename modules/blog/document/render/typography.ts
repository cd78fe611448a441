const NO_BREAK_SPACE = '\u00A0'
const CYRILLIC = /[\u0400-\u04FF]/
const GLUED_WORDS = new Set(['что', 'как', 'для', 'при', 'без', 'или', 'над', 'под'])

/**
 * Russian typesetting: spaces after short words (one or two letters and a few prepositions),
 * between a number and its noun, between groups of digits, and before a dash become no-break
 * spaces. Nothing else changes, so the result has the length of the text and its letters stay at
 * their places. Text without Cyrillic letters is returned as it is.
 */
export function typeset(text: string): string {
  if (!CYRILLIC.test(text)) return text
  let result = ''
  let from = 0
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) {
    if (!holds(text, at)) continue
    result += text.slice(from, at) + NO_BREAK_SPACE
    from = at + 1
  }
  return from === 0 ? text : result + text.slice(from)
}

/** Whether the line must not break at the space that stands at `at`. */
function holds(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at + 1)
  if (Number.isNaN(before) || Number.isNaN(after) || isSpace(before) || isSpace(after)) return false
  if (isDash(after)) return true
  if (isDigit(before)) return isCyrillic(after) || startsDigitGroup(text, at)
  if (before === 0x2116 || before === 0xa7) return isDigit(after)
  return isShortWordBefore(text, at)
}

function isShortWordBefore(text: string, end: number): boolean {
  let start = end
  while (start > 0 && end - start < 4 && isCyrillic(text.charCodeAt(start - 1))) start -= 1
  const length = end - start
  if (length === 0 || length > 3) return false
  // A particle after a hyphen («кто-то») and the tail of an abbreviation belong to what is before.
  if (start > 0 && isJoined(text.charCodeAt(start - 1))) return false
  return length < 3 || GLUED_WORDS.has(text.slice(start, end).toLowerCase())
}

function startsDigitGroup(text: string, at: number): boolean {
  return /^ \d{3}(?!\d)/.test(text.slice(at, at + 5))
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0xa0
}
function isDash(code: number): boolean {
  return code === 0x2014 || code === 0x2013
}
function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
function isCyrillic(code: number): boolean {
  return code >= 0x0400 && code <= 0x04ff
}
function isJoined(code: number): boolean {
  const isLatin = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
  return isLatin || isDigit(code) || isCyrillic(code) || code === 0x2d || code === 0x2e
}
