import type { PhrasingContent } from 'mdast'
import { MARK_TAGS, SEPARATOR } from './notation.ts'
import type { Inline, Mark } from '../model.ts'

/** Where the content stands: a `line` (heading, cell) cannot hold a real line break. */
export type Place = 'paragraph' | 'line'

/** Inline nodes as mdast: marks become nested elements, the outermost mark first. */
export function phrasingOf(content: readonly Inline[], place: Place): PhrasingContent[] {
  const breaks = new Set<Inline>()
  content.forEach((node, i) => {
    const isEdge = i === 0 || i === content.length - 1 || content[i - 1]?.type === 'hardBreak'
    if (node.type === 'hardBreak' && place === 'paragraph' && !isEdge) breaks.add(node)
  })
  const dollars = new Set<Inline>()
  content.forEach((node, i) => {
    const next = content[i + 1]
    if (node.type === 'mathInline' && needsTwoDollars(node.attrs.latex, next)) dollars.add(node)
  })
  return nest(content, 0, { breaks, dollars })
}

interface Marked {
  /** Line breaks that can be written as such; the others become `<br>`. */
  breaks: ReadonlySet<Inline>
  /** Formulas that one dollar sign would not open. */
  dollars: ReadonlySet<Inline>
}

function nest(content: readonly Inline[], depth: number, marked: Marked): PhrasingContent[] {
  const result: PhrasingContent[] = []
  let i = 0
  while (i < content.length) {
    const node = content[i]
    if (node === undefined) break
    const mark = node.marks?.[depth]
    let end = i + 1
    if (mark === undefined) {
      result.push(...leaf(node, marked))
    } else {
      while (end < content.length && sameMark(content[end]?.marks?.[depth], mark)) end += 1
      result.push(...wrap(mark, content.slice(i, end), depth, marked))
    }
    i = end
  }
  return result.flatMap((node, at) => {
    const before = result[at - 1]
    if (before !== undefined && flowsInto(before, node))
      return [{ type: 'html', value: SEPARATOR }, node]
    // The writer joins lines before HTML, which would leave only the backslash of the break.
    return node.type === 'break' && result[at + 1]?.type === 'html' ? [BREAK_TAG] : [node]
  })
}

const BREAK_TAG: PhrasingContent = { type: 'html', value: '<br>' }

/** Neighbouring signs would be one sign; a reference before a colon would be a definition. */
function flowsInto(before: PhrasingContent, node: PhrasingContent): boolean {
  if (before.type === 'footnoteReference') return node.type === 'text' && node.value.startsWith(':')
  return isFenced(before) && isFenced(node)
}

function isFenced(node: PhrasingContent): boolean {
  if (node.type === 'inlineCode' || node.type === 'inlineMath') return true
  return node.type === 'html' && node.value.startsWith('$$')
}

function wrap(
  mark: Mark,
  content: readonly Inline[],
  depth: number,
  marked: Marked,
): PhrasingContent[] {
  if (mark.type === 'code') return codeOf(content, marked)
  const children = nest(content, depth + 1, marked)
  if (mark.type === 'link') {
    const { href: url, title } = mark.attrs
    return [{ type: 'link', url, title: title ?? null, children }]
  }
  if (mark.type === 'bold') return [{ type: 'strong', children }]
  if (mark.type === 'italic') return [{ type: 'emphasis', children }]
  if (mark.type === 'strike') return [{ type: 'delete', children }]
  const tag = MARK_TAGS[mark.type] ?? 'span'
  return [{ type: 'html', value: `<${tag}>` }, ...children, { type: 'html', value: `</${tag}>` }]
}

/** Code is the innermost mark, so what it holds is text, apart from rare breaks and formulas. */
function codeOf(content: readonly Inline[], marked: Marked): PhrasingContent[] {
  return content.flatMap((node): PhrasingContent[] => {
    if (node.type !== 'text') return leaf(node, marked)
    const value = node.text.replaceAll('\n', ' ')
    if (!value.includes('\\|')) return [{ type: 'inlineCode', value }]
    // Inside a table the signs of code cannot tell a backslash before a pipe from its escape.
    return [
      { type: 'html', value: '<code>' },
      { type: 'text', value },
      { type: 'html', value: '</code>' },
    ]
  })
}

function leaf(node: Inline, marked: Marked): PhrasingContent[] {
  switch (node.type) {
    case 'text':
      return [{ type: 'text', value: node.text.replaceAll('\n', ' ') }]
    case 'hardBreak':
      return [marked.breaks.has(node) ? { type: 'break' } : BREAK_TAG]
    case 'footnoteReference':
      return [{ type: 'footnoteReference', identifier: node.attrs.label, label: node.attrs.label }]
    case 'mathInline': {
      const value = node.attrs.latex.replaceAll('\n', ' ').trim()
      return [
        marked.dollars.has(node)
          ? { type: 'html', value: `$$${value}$$` }
          : { type: 'inlineMath', value },
      ]
    }
  }
}

/** A single dollar before a digit or beside a space reads as money; see `read-inline.ts`. */
function needsTwoDollars(latex: string, next: Inline | undefined): boolean {
  if (latex.includes('$')) return false
  return next?.type === 'text' && next.marks === undefined && /^\d/.test(next.text)
}

function sameMark(a: Mark | undefined, b: Mark): boolean {
  if (a?.type !== b.type) return false
  if (a.type !== 'link' || b.type !== 'link') return true
  return a.attrs.href === b.attrs.href && a.attrs.title === b.attrs.title
}
