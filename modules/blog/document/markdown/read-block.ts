import type {
  Blockquote,
  Code,
  FootnoteDefinition as MdFootnote,
  Heading as MdHeading,
  Html,
  List,
  ListItem as MdItem,
  PhrasingContent,
  RootContent,
  Table as MdTable,
} from 'mdast'
import { isWebAddress } from '../address.ts'
import { newBlockId } from '../block-id.ts'
import { DocumentError } from '../document-error.ts'
import { note } from '../dropped.ts'
import { partsOf, piecesOf } from './read-inline.ts'
import {
  captionOfLine,
  DETAILS_END,
  detailsOfOpening,
  fileOfMeta,
  isComment,
  MODULE_FENCE,
  NO_LANGUAGE,
} from './notation.ts'
import type { ReadContext } from './read-context.ts'
import type {
  Block,
  FootnoteDefinition,
  HeadingLevel,
  Inline,
  Json,
  ListItem,
  TableCell,
  TaskItem,
} from '../model.ts'
import { DOC_LIMITS } from '../model.ts'

/** Flow content as blocks. Throws `DocumentError` when it is nested too deep. */
export function flowBlocks(
  nodes: readonly RootContent[],
  context: ReadContext,
  depth: number,
): Block[] {
  if (depth > DOC_LIMITS.maxDepth)
    throw new DocumentError('too-deep', 'markdown', 'nested too deep')
  const blocks: Block[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    if (node === undefined) continue
    const end = node.type === 'html' ? endOfDetails(nodes, i) : undefined
    if (node.type === 'html' && end !== undefined) {
      const inner = flowBlocks(nodes.slice(i + 1, end), context, depth + 1)
      blocks.push(details(node, inner))
      i = end
    } else if (node.type === 'html' && captionLast(node.value, blocks.at(-1))) continue
    else blocks.push(...blocksOf(node, context, depth))
  }
  return blocks
}

function filled(blocks: Block[]): Block[] {
  return blocks.length > 0 ? blocks : [{ type: 'paragraph', attrs: { id: newBlockId() } }]
}

type Readers = {
  [Kind in RootContent['type']]?: (
    node: Extract<RootContent, { type: Kind }>,
    context: ReadContext,
    depth: number,
  ) => Block[]
}

/** Kinds without an entry are parts of others, which read them, or leave nothing to see. */
const READERS: Readers = {
  paragraph: (node, context) => paragraphBlocks(node.children, context),
  heading: headingBlocks,
  thematicBreak: () => [{ type: 'horizontalRule', attrs: { id: newBlockId() } }],
  blockquote: (node, context, depth) => [quote(node, context, depth)],
  list: (node, context, depth) => [list(node, context, depth)],
  code: (node, context) => [code(node, context)],
  math: (node) => [{ type: 'mathBlock', attrs: { id: newBlockId(), latex: node.value } }],
  table: (node, context) => [table(node, context)],
  html: (node, context) =>
    isComment(node.value) ? [] : (context.html.get(node) ?? literal(node.value, context)),
  footnoteDefinition: footnoteBlocks,
}

function blocksOf(node: RootContent, context: ReadContext, depth: number): Block[] {
  // The entry of a kind takes that kind; the compiler cannot follow this through a union.
  const read = READERS[node.type] as
    | ((node: RootContent, context: ReadContext, depth: number) => Block[])
    | undefined
  return read?.(node, context, depth) ?? []
}

/** Pictures cannot stand in a heading; they follow it. */
function headingBlocks(node: MdHeading, context: ReadContext): Block[] {
  const pieces = piecesOf(partsOf(node.children, context))
  const content = pieces.flatMap((piece) => ('type' in piece ? [] : piece.inline))
  const pictures = pieces.flatMap((piece) => ('type' in piece ? [piece] : []))
  const level: HeadingLevel = node.depth
  const attrs = { id: newBlockId(), level }
  return [{ type: 'heading', attrs, ...(content.length > 0 && { content }) }, ...pictures]
}

function footnoteBlocks(node: MdFootnote, context: ReadContext, depth: number): Block[] {
  const content = filled(flowBlocks(node.children, context, depth + 1))
  const label = freeLabel(context.labels.get(node.identifier) ?? node.identifier, context)
  const attrs = { id: newBlockId(), label }
  const definition: FootnoteDefinition = { type: 'footnoteDefinition', attrs, content }
  if (depth === 0) return [definition]
  context.laterNotes.push(definition)
  return []
}

/** A paragraph falls apart where pictures stand in it; a link marked as a card becomes one. */
function paragraphBlocks(children: readonly PhrasingContent[], context: ReadContext): Block[] {
  const card = embed(children)
  if (card !== undefined) return [card]
  return piecesOf(partsOf(children, context)).map((piece) =>
    'type' in piece
      ? piece
      : { type: 'paragraph', attrs: { id: newBlockId() }, content: piece.inline },
  )
}

function embed(children: readonly PhrasingContent[]): Block | undefined {
  const [link] = children
  if (children.length !== 1 || link?.type !== 'link' || !isWebAddress(link.url)) return undefined
  const kind = /^embed(?::([a-z0-9][a-z0-9-]{0,39}))?$/.exec(link.title ?? '')
  if (kind === null) return undefined
  const title = link.children.map((child) => ('value' in child ? child.value : '')).join('')
  const named = title !== '' && title !== link.url && { title }
  const provider = kind[1] !== undefined && { provider: kind[1] }
  return { type: 'embed', attrs: { id: newBlockId(), url: link.url, ...provider, ...named } }
}

function literal(html: string, context: ReadContext): Block[] {
  note(context.dropped, 'element', html.trim())
  const lines = html.split('\n').filter((line) => line.trim() !== '')
  const content = lines.flatMap((line, i): Inline[] =>
    i === 0
      ? [{ type: 'text', text: line }]
      : [{ type: 'hardBreak' }, { type: 'text', text: line }],
  )
  return [{ type: 'paragraph', attrs: { id: newBlockId() }, content }]
}

/** A last paragraph `<cite>…</cite>` names the author of a quote. */
function quote(node: Blockquote, context: ReadContext, depth: number): Block {
  const id = newBlockId()
  const cite = citeOf(node.children.at(-1))
  const children = cite === undefined ? node.children : node.children.slice(0, -1)
  const content = filled(flowBlocks(children, context, depth + 1))
  return { type: 'blockquote', attrs: { id, ...(cite !== undefined && { cite }) }, content }
}

function citeOf(node: RootContent | undefined): string | undefined {
  if (node?.type !== 'paragraph') return undefined
  const [open, ...rest] = node.children
  const close = rest.pop()
  if (open?.type !== 'html' || open.value !== '<cite>') return undefined
  if (close?.type !== 'html' || close.value !== '</cite>') return undefined
  const text = rest.map((child) => ('value' in child ? child.value : '')).join('')
  const cite = text.replace(/\s+/g, ' ').trim().slice(0, 500)
  return cite === '' ? undefined : cite
}

function list(node: List, context: ReadContext, depth: number): Block {
  const id = newBlockId()
  const items = node.children
  const contentOf = (item: MdItem) => filled(flowBlocks(item.children, context, depth + 2))
  if (items.some((item) => typeof item.checked === 'boolean')) {
    const tasks = items.map((item): TaskItem => {
      const attrs = { id: newBlockId(), checked: item.checked === true }
      return { type: 'taskItem', attrs, content: contentOf(item) }
    })
    return { type: 'taskList', attrs: { id }, content: tasks }
  }
  const content = items.map((item): ListItem => {
    return { type: 'listItem', attrs: { id: newBlockId() }, content: contentOf(item) }
  })
  if (node.ordered !== true) return { type: 'bulletList', attrs: { id }, content }
  return { type: 'orderedList', attrs: { id, start: node.start ?? 1 }, content }
}

function code(node: Code, context: ReadContext): Block {
  const id = newBlockId()
  const module = moduleBlock(node, id)
  if (module !== undefined) return module
  const filename =
    fileOfMeta(node.meta ?? '')
      ?.trim()
      .slice(0, 200) ?? ''
  const named = filename !== '' && { filename }
  const language = languageOf(node, filename, context)
  const spoken = language !== undefined && { language }
  const content = node.value !== '' && { content: [{ type: 'text', text: node.value } as const] }
  return { type: 'codeBlock', attrs: { id, ...spoken, ...named }, ...content }
}

function languageOf(node: Code, filename: string, context: ReadContext): string | undefined {
  const { lang } = node
  if (typeof lang !== 'string' || (lang === NO_LANGUAGE && filename !== '')) return undefined
  if (/^[A-Za-z0-9][A-Za-z0-9+#._-]{0,39}$/.test(lang)) return lang
  note(context.dropped, 'language', lang)
  return undefined
}

function moduleBlock(node: Code, id: string): Block | undefined {
  const name = /^([\w-]{1,64})\/([\w-]{1,64})$/.exec(node.meta ?? '')
  if (node.lang !== MODULE_FENCE || name === null) return undefined
  try {
    const raw = JSON.parse(node.value) as Json
    return { type: 'unknownBlock', attrs: { id, module: name[1] ?? '', type: name[2] ?? '', raw } }
  } catch {
    // Text that is not JSON is not a block of a module; it stays visible as code.
    return undefined
  }
}

function table(node: MdTable, context: ReadContext): Block {
  const width = node.align?.length ?? node.children[0]?.children.length ?? 0
  const rows = node.children.map((row, i) => {
    const cells = Array.from({ length: width }, (_, column): TableCell => {
      const content = filled(paragraphBlocks(row.children[column]?.children ?? [], context))
      const align = node.align?.[column]
      const attrs = typeof align === 'string' && { attrs: { align } }
      return { type: i === 0 ? 'tableHeader' : 'tableCell', ...attrs, content }
    })
    return { type: 'tableRow', content: cells } as const
  })
  const isHeadless =
    rows.length > 1 &&
    (node.children[0]?.children ?? []).every((cell) => cell.children.length === 0)
  return { type: 'table', attrs: { id: newBlockId() }, content: isHeadless ? rows.slice(1) : rows }
}

function details(node: Html, inner: Block[]): Block {
  const { summary, isOpen } = detailsOfOpening(node.value) ?? { summary: '', isOpen: false }
  const attrs = {
    id: newBlockId(),
    summary: summary.slice(0, 500),
    ...(isOpen && { open: true as const }),
  }
  return { type: 'details', attrs, content: filled(inner) }
}

/** Where the `</details>` of the opening at `start` stands; none means that it is plain HTML. */
function endOfDetails(nodes: readonly RootContent[], start: number): number | undefined {
  let open = 0
  for (let i = start; i < nodes.length; i++) {
    const node = nodes[i]
    if (node?.type !== 'html') continue
    if (detailsOfOpening(node.value) !== undefined) open += 1
    else if (node.value.trim() === DETAILS_END) open -= 1
    if (open === 0) return i === start ? undefined : i
  }
  return undefined
}

/** Gives a caption line to the block before it. */
function captionLast(html: string, last: Block | undefined): boolean {
  const tag = last?.type === 'table' ? 'caption' : 'figcaption'
  const caption = captionOfLine(tag, html)
  if (caption === undefined || (last?.type !== 'table' && last?.type !== 'gallery')) return false
  if (last.attrs.caption !== undefined) return false
  last.attrs.caption = caption.slice(0, 2000)
  return true
}

function freeLabel(wanted: string, context: ReadContext): string {
  let label = wanted
  for (let n = 2; context.usedLabels.has(label); n++) label = `${wanted}-${n}`
  context.usedLabels.add(label)
  return label
}
