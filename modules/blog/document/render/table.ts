import { attribute, escapeHtml } from './escape.ts'
import type { Block, Table, TableCell, TableRow } from '../model.ts'
import type { RenderContext } from './context.ts'
import { blocksText } from '../text.ts'
import { typeset } from './typography.ts'

const NUMBER = /^[-+−–]?\d[\d\s.,:]*(?:\s?[%‰°₽$€£]C?)?$/

type RenderBlocks = (blocks: readonly Block[], context: RenderContext) => string

/** A table that scrolls inside itself; columns of numbers are marked for the right edge. */
export function renderTable(
  block: Table,
  context: RenderContext,
  renderBlocks: RenderBlocks,
): string {
  const rows = block.content
  const numeric = numericColumns(rows)
  const hasHead = rows[0] !== undefined && rows[0].content.every(isHeader) && rows.length > 1
  const html = rows.map((row, i) => {
    const scope = hasHead && i === 0 ? 'col' : 'row'
    const cells = row.content.map((cell, column) => {
      const inner = cellContent(cell, context, renderBlocks)
      return renderCell(cell, inner, scope, numeric.has(column))
    })
    return `<tr>${cells.join('')}</tr>`
  })
  const head = hasHead ? `<thead>${html.shift()}</thead>` : ''
  const { caption } = block.attrs
  const name = caption ?? context.labels.table(++context.tables)
  const title = caption === undefined ? '' : `<caption>${escapeHtml(typeset(caption))}</caption>`
  return `<div class="table-scroll" tabindex="0" role="region"${attribute('aria-label', name)}><table>${title}${head}<tbody>${html.join('')}</tbody></table></div>`
}

function renderCell(cell: TableCell, inner: string, scope: string, isNumeric: boolean): string {
  const { align, colspan, rowspan } = cell.attrs ?? {}
  const side = align ?? (isNumeric ? 'right' : undefined)
  const look = attribute('class', side === undefined ? undefined : `align-${side}`)
  const spans = attribute('colspan', colspan) + attribute('rowspan', rowspan)
  return isHeader(cell)
    ? `<th scope="${scope}"${look}${spans}>${inner}</th>`
    : `<td${look}${spans}>${inner}</td>`
}

/** One paragraph, the usual case, needs no `<p>` in its cell. */
function cellContent(cell: TableCell, context: RenderContext, renderBlocks: RenderBlocks): string {
  const html = renderBlocks(cell.content, context)
  const isLone = cell.content.length === 1 && cell.content[0]?.type === 'paragraph'
  return isLone ? html.slice('<p>'.length, -'</p>'.length) : html
}

function numericColumns(rows: readonly TableRow[]): Set<number> {
  const columns = new Set<number>()
  if (rows.some((row) => row.content.some((cell) => cell.attrs?.colspan !== undefined)))
    return columns
  const bodies = rows.filter((row) => !row.content.every(isHeader))
  const width = Math.max(0, ...bodies.map((row) => row.content.length))
  for (let column = 0; column < width; column++) {
    const texts = bodies.map((row) => blocksText(row.content[column]?.content ?? []).trim())
    const filled = texts.filter((text) => text !== '')
    if (filled.length > 0 && filled.every((text) => NUMBER.test(text))) columns.add(column)
  }
  return columns
}

function isHeader(cell: TableCell): boolean {
  return cell.type === 'tableHeader'
}
