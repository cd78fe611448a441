import type { Entity } from './entity.ts'
import { foundIn, isSafeUrl } from './links.ts'
import { inOrder, joined, type Marked, plain, trimmed, wrapped } from './spans.ts'

/*
 * Markdown as people type it into a messenger. Pure, without Node: the client draws its local echo
 * with it. What is not closed stays as it was typed.
 */

const PAIRS = [
  ['**', 'bold'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
  ['_', 'italic'],
] as const satisfies readonly (readonly [string, Entity['type']])[]

const FENCE = /^```([\w+#.-]{0,40})[^\S\n]*\n([\s\S]*?)\n?```[^\S\n]*$/m
const LINK = /^\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)?)\)/
const WORD = /[\p{L}\p{N}_]/u

/** Text and entities of what was typed. */
export function parseMarkdown(source: string): Marked {
  const marked = trimmed(blocks(source.replaceAll(/\r\n?/g, '\n')))
  const found = foundIn(marked.text, marked.entities)
  return { text: marked.text, entities: inOrder([...marked.entities, ...found]) }
}

/** Fenced code keeps everything as it stands; quotes are lines that begin with `>`. */
function blocks(source: string): Marked {
  const parts: Marked[] = []
  let rest = source
  for (;;) {
    const fence = FENCE.exec(rest)
    if (!fence) break
    const [whole, language = '', code = ''] = fence
    parts.push(quotes(rest.slice(0, fence.index)))
    parts.push(
      code === ''
        ? plain(whole)
        : wrapped(plain(code), { type: 'pre', ...(language === '' ? {} : { language }) }),
    )
    rest = rest.slice(fence.index + whole.length)
  }
  return joined([...parts, quotes(rest)])
}

function quotes(source: string): Marked {
  const parts: Marked[] = []
  for (const lines of runs(source.split('\n'))) {
    if (parts.length > 0) parts.push(plain('\n'))
    const text = lines.join('\n')
    const isQuote = lines[0]?.startsWith('>') === true
    parts.push(
      isQuote
        ? wrapped(inline(lines.map((line) => line.replace(/^> ?/, '')).join('\n')), {
            type: 'quote',
          })
        : inline(text),
    )
  }
  return joined(parts)
}

/** Neighbouring lines that are all quoted, or all not. */
function runs(lines: readonly string[]): string[][] {
  const found: string[][] = []
  for (const line of lines) {
    const last = found.at(-1)
    const isSame = last !== undefined && last[0]?.startsWith('>') === line.startsWith('>')
    if (isSame) last.push(line)
    else found.push([line])
  }
  return found
}

function inline(source: string, open: readonly string[] = []): Marked {
  const parts: Marked[] = []
  let from = 0
  let at = 0
  while (at < source.length) {
    const piece = pieceAt(source, at, open)
    if (!piece) {
      at++
      continue
    }
    parts.push(plain(source.slice(from, at)), piece.marked)
    at += piece.length
    from = at
  }
  return joined([...parts, plain(source.slice(from))])
}

interface Piece {
  readonly marked: Marked
  /** Of the source. */
  readonly length: number
}

function pieceAt(source: string, at: number, open: readonly string[]): Piece | null {
  const sign = source[at] ?? ''
  if (sign === '\\') return escapedAt(source, at)
  if (sign === '`') return codeAt(source, at)
  if (sign === '[') return linkAt(source, at, open)
  if (sign === 'h' || sign === 'H') return addressAt(source, at)
  for (const [mark, type] of PAIRS) {
    if (source.startsWith(mark, at) && !open.includes(mark)) {
      const end = closing(source, at, mark)
      if (end < 0) continue
      const inner = source.slice(at + mark.length, end)
      const marked = wrapped(inline(inner, [...open, mark]), { type })
      return { marked, length: inner.length + 2 * mark.length }
    }
  }
  return null
}

function escapedAt(source: string, at: number): Piece | null {
  const next = source[at + 1] ?? ''
  return /[\\`*_~|[\]()>#@]/.test(next) ? { marked: plain(next), length: 2 } : null
}

function codeAt(source: string, at: number): Piece | null {
  const end = source.indexOf('`', at + 1)
  const code = source.slice(at + 1, end)
  if (end < 0 || code === '' || code.includes('\n')) return null
  return { marked: wrapped(plain(code), { type: 'code' }), length: code.length + 2 }
}

function linkAt(source: string, at: number, open: readonly string[]): Piece | null {
  const [whole, words = '', url = ''] = LINK.exec(source.slice(at, at + 2_600)) ?? []
  if (whole === undefined || !isSafeUrl(url) || words.trim() === '') return null
  return {
    marked: wrapped(inline(words, [...open, '[']), { type: 'link', url }),
    length: whole.length,
  }
}

/** Signs within an address mean nothing else: it is one piece. */
function addressAt(source: string, at: number): Piece | null {
  if (at > 0 && WORD.test(source[at - 1] ?? '')) return null
  const [address] = /^https?:\/\/[^\s<>"«»“”*|`]+/i.exec(source.slice(at, at + 2_000)) ?? []
  return address === undefined ? null : { marked: plain(address), length: address.length }
}

/** Where the pair ends that begins at `at`; −1 when it does not. */
function closing(source: string, at: number, mark: string): number {
  const start = at + mark.length
  if (!canOpen(source, at, mark)) return -1
  for (let end = source.indexOf(mark, start + 1); end > 0; end = source.indexOf(mark, end + 1)) {
    if (canClose(source, end, mark)) return end
  }
  return -1
}

function canOpen(source: string, at: number, mark: string): boolean {
  const [before = '', next = ''] = [source[at - 1], source[at + mark.length]]
  if (!/\S/.test(next)) return false
  return mark !== '_' || (next !== '_' && !WORD.test(before))
}

function canClose(source: string, end: number, mark: string): boolean {
  const [before = '', next = ''] = [source[end - 1], source[end + 1]]
  if (!/[^\s\\]/.test(before)) return false
  return mark !== '_' || !WORD.test(next)
}
