import { newBlockId } from '../block-id.ts'
import type { HtmlElement } from './dom.ts'
import { attributeOf, elementsIn, lineOf, numberOf, styleOf } from './node.ts'
import { filled } from './reader.ts'
import type { HtmlReader } from './reader.ts'
import type { Align, TableCell, TableRow } from '../model.ts'

export function readTable(element: HtmlElement, reader: HtmlReader, outerCaption: string): void {
  const rows: TableRow[] = []
  let caption = outerCaption
  for (const part of elementsIn(element)) {
    if (part.localName === 'caption') caption = lineOf(part)
    else if (part.localName === 'tr') rows.push(...rowOf(part, reader))
    else
      rows.push(
        ...elementsIn(part).flatMap((row) => (row.localName === 'tr' ? rowOf(row, reader) : [])),
      )
  }
  if (rows.length === 0) return
  const title = caption.slice(0, 2000)
  const attrs = { id: newBlockId(), ...(title !== '' && { caption: title }) }
  reader.block({ type: 'table', attrs, content: rows })
}

function rowOf(row: HtmlElement, reader: HtmlReader): TableRow[] {
  const cells = elementsIn(row).filter(({ localName }) => localName === 'td' || localName === 'th')
  if (cells.length === 0) return []
  return [{ type: 'tableRow', content: cells.map((cell) => cellOf(cell, reader)) }]
}

function cellOf(cell: HtmlElement, reader: HtmlReader): TableCell {
  const align = alignOf(cell)
  const colspan = numberOf(cell, 'colspan', 100)
  const rowspan = numberOf(cell, 'rowspan', 100)
  const attrs = {
    ...(align !== undefined && { align }),
    ...(colspan !== undefined && { colspan }),
    ...(rowspan !== undefined && { rowspan }),
  }
  const type = cell.localName === 'th' ? 'tableHeader' : 'tableCell'
  const content = filled(reader.inside(cell, 3))
  return Object.keys(attrs).length > 0 ? { type, attrs, content } : { type, content }
}

function alignOf(cell: HtmlElement): Align | undefined {
  const value =
    /text-align:(left|center|right)/.exec(styleOf(cell))?.[1] ?? attributeOf(cell, 'align')
  return value === 'left' || value === 'center' || value === 'right' ? value : undefined
}
