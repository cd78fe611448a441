import type { Inline, Mark, PlainMark, Text } from './model.ts'
import { MARK_ORDER } from './model.ts'

/** The marks with one more; a mark that is there already stays as it is. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.some((known) => known.type === mark.type)) return marks
  return [...marks, mark].toSorted(
    (a, b) => MARK_ORDER.indexOf(a.type) - MARK_ORDER.indexOf(b.type),
  )
}

export function plainMark(type: PlainMark['type']): Mark {
  return { type }
}

export function textNode(text: string, marks: readonly Mark[]): Text {
  return marks.length > 0 ? { type: 'text', marks: [...marks], text } : { type: 'text', text }
}

export function breakNode(marks: readonly Mark[]): Inline {
  return marks.length > 0 ? { type: 'hardBreak', marks: [...marks] } : { type: 'hardBreak' }
}

/** Whether a reader would see nothing of it; spaces inside code count as something. */
export function isBlank(content: readonly Inline[]): boolean {
  return content.every((node) => {
    if (node.type === 'hardBreak') return true
    return node.type === 'text' && node.text.trim() === '' && !isCode(node)
  })
}

/** The content without spaces and line breaks at its ends. */
export function trimmed(content: readonly Inline[]): Inline[] {
  const result = [...content]
  while (result.length > 0 && isBlank(result.slice(0, 1))) result.shift()
  while (result.length > 0 && isBlank(result.slice(-1))) result.pop()
  const [first] = result
  if (first?.type === 'text' && !isCode(first)) {
    result[0] = { ...first, text: first.text.replace(/^ +/, '') }
  }
  const last = result.at(-1)
  if (last?.type === 'text' && !isCode(last)) {
    result[result.length - 1] = { ...last, text: last.text.replace(/ +$/, '') }
  }
  return result
}

/**
 * Takes spaces at the edges of marked text out of the marks that end there. Word processors mark
 * them with the word before; nobody sees a difference, and Markdown has no plain way to say it.
 */
export function withFreeSpaces(content: readonly Inline[]): Inline[] {
  return content.flatMap((node, i): Inline[] => {
    const marks = node.marks ?? []
    if (node.type !== 'text' || marks.length === 0 || isCode(node)) return [node]
    const [, head = '', body = '', tail = ''] = /^( *)(.*?)( *)$/s.exec(node.text) ?? []
    if (body === '') return [textNode(node.text, [])]
    return [
      ...spaces(head, shared(marks, content[i - 1])),
      textNode(body, marks),
      ...spaces(tail, shared(marks, content[i + 1])),
    ]
  })
}

function spaces(text: string, marks: readonly Mark[]): Inline[] {
  return text === '' ? [] : [textNode(text, marks)]
}

function shared(marks: readonly Mark[], neighbour: Inline | undefined): Mark[] {
  const others = new Set(neighbour?.marks?.map((mark) => JSON.stringify(mark)))
  return marks.filter((mark) => others.has(JSON.stringify(mark)))
}

function isCode(node: Text): boolean {
  return node.marks?.some((mark) => mark.type === 'code') === true
}
