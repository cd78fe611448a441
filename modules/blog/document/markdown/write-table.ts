import type {
  PhrasingContent,
  Table as MdTable,
  TableCell as MdCell,
  TableRow as MdRow,
} from 'mdast'
import { phrasingOf } from './write-inline.ts'
import type { Block, Table, TableCell, TableRow } from '../model.ts'
import { blocksText } from '../text.ts'

/** A GFM table always has a head; a table without one gets an empty head, which reading drops. */
export function tableNode(block: Table): MdTable {
  const rows = block.content
  const width = Math.max(...rows.map((row) => row.content.length))
  const [first] = rows
  const hasHead = first?.content.every((cell) => cell.type === 'tableHeader') === true
  const head: MdRow[] = hasHead
    ? []
    : [{ type: 'tableRow', children: Array.from({ length: width }, emptyCell) }]
  const align = Array.from({ length: width }, (_, column) => alignOf(rows, column))
  return { type: 'table', align, children: [...head, ...rows.map((row) => rowOf(row))] }
}

function alignOf(rows: readonly TableRow[], column: number): 'left' | 'center' | 'right' | null {
  return rows[0]?.content[column]?.attrs?.align ?? null
}

function rowOf(row: TableRow): MdRow {
  return { type: 'tableRow', children: row.content.map(cellOf) }
}

function emptyCell(): MdCell {
  return { type: 'tableCell', children: [] }
}

/** Paragraphs of a cell are parted by `<br>`; other blocks come as their text. */
function cellOf(cell: TableCell): MdCell {
  const children = cell.content.flatMap((block, i): PhrasingContent[] =>
    i === 0 ? lineOf(block) : [{ type: 'html', value: '<br>' }, ...lineOf(block)],
  )
  return { type: 'tableCell', children: withKeptEdges(children) }
}

/** Spaces at the ends of a cell are padding, unless they are written as references. */
function withKeptEdges(children: readonly PhrasingContent[]): PhrasingContent[] {
  const last = children.length - 1
  return children.flatMap((node, i): PhrasingContent[] => {
    if (node.type !== 'text') return [node]
    const head = i === 0 ? (/^\s*/.exec(node.value)?.[0] ?? '') : ''
    const rest = node.value.slice(head.length)
    const tail = i === last ? (/\s*$/.exec(rest)?.[0] ?? '') : ''
    const value = rest.slice(0, rest.length - tail.length)
    return [...reference(head), { type: 'text', value }, ...reference(tail)]
  })
}

function reference(text: string): PhrasingContent[] {
  const value = Array.from(text, (char) => `&#x${(char.codePointAt(0) ?? 32).toString(16)};`).join(
    '',
  )
  return value === '' ? [] : [{ type: 'html', value }]
}

function lineOf(block: Block): PhrasingContent[] {
  if (block.type === 'paragraph') return phrasingOf(block.content ?? [], 'line')
  return phrasingOf([{ type: 'text', text: blocksText([block]).replaceAll('\n', ' ') }], 'line')
}
