import type {
  BlockContent,
  DefinitionContent,
  Image,
  ListItem as MdItem,
  PhrasingContent,
} from 'mdast'
import {
  captionLine,
  DETAILS_END,
  detailsOpening,
  fileMeta,
  MODULE_FENCE,
  NO_LANGUAGE,
  pictureUrl,
  SEPARATOR,
} from './notation.ts'
import { phrasingOf } from './write-inline.ts'
import { tableNode } from './write-table.ts'
import type {
  Block,
  Blockquote,
  CodeBlock,
  Embed,
  Gallery,
  ListItem,
  Picture,
  QuarkDoc,
  TaskItem,
} from '../model.ts'

type Flow = BlockContent | DefinitionContent

/**
 * The document as Markdown: CommonMark with GFM, footnotes and `$formulas$`. What Markdown cannot
 * say is written as in `markdown-notation.ts`, so that reading it back gives the same document but
 * for ids. Lost are empty paragraphs, merged cells, and blocks other than text inside table cells.
 */
export async function markdownFromDoc(doc: QuarkDoc): Promise<string> {
  const { writeMarkdown } = await import('./engine.ts')
  return writeMarkdown({ type: 'root', children: flowOf(doc.doc.content) })
}

function flowOf(blocks: readonly Block[]): Flow[] {
  const nodes = blocks.flatMap(nodesOf)
  return nodes.flatMap((node, i) =>
    isOneList(nodes[i - 1], node) ? [html(SEPARATOR), node] : [node],
  )
}

/** Two lists of one kind in a row would be read as one. */
function isOneList(before: Flow | undefined, node: Flow): boolean {
  return before?.type === 'list' && node.type === 'list' && before.ordered === node.ordered
}

type Writers = {
  [Kind in Block['type']]: (block: Extract<Block, { type: Kind }>) => Flow[]
}

const WRITERS: Writers = {
  paragraph: ({ content }) =>
    content === undefined
      ? []
      : [{ type: 'paragraph', children: phrasingOf(content, 'paragraph') }],
  heading: ({ attrs, content }) => [
    { type: 'heading', depth: attrs.level, children: phrasingOf(content ?? [], 'line') },
  ],
  bulletList: (block) => [listOf(block.content.map(itemOf))],
  orderedList: (block) => [listOf(block.content.map(itemOf), block.attrs.start ?? 1)],
  taskList: (block) => [listOf(block.content.map(taskOf))],
  blockquote: (block) => [
    { type: 'blockquote', children: [...flowOf(block.content), ...citeOf(block)] },
  ],
  codeBlock: (block) => [codeOf(block)],
  figure: ({ attrs }) => [{ type: 'paragraph', children: [imageOf(attrs, false)] }],
  gallery: galleryOf,
  table: (block) => [tableNode(block), ...captionOf('caption', block.attrs.caption)],
  horizontalRule: () => [{ type: 'thematicBreak' }],
  footnoteDefinition: ({ attrs: { label }, content }) => [
    { type: 'footnoteDefinition', identifier: label, label, children: flowOf(content) },
  ],
  mathBlock: ({ attrs }) => [{ type: 'math', value: attrs.latex }],
  embed: (block) => [embedOf(block)],
  details: ({ attrs, content }) => [
    html(detailsOpening(attrs.summary, attrs.open === true)),
    ...flowOf(content),
    html(DETAILS_END),
  ],
  unknownBlock: ({ attrs: { module, type, raw } }) => [
    {
      type: 'code',
      lang: MODULE_FENCE,
      meta: `${module}/${type}`,
      value: JSON.stringify(raw, null, 2),
    },
  ],
}

function nodesOf(block: Block): Flow[] {
  // The entry of a kind takes that kind; the compiler cannot follow this through a union.
  const write = WRITERS[block.type] as (block: Block) => Flow[]
  return write(block)
}

function listOf(children: MdItem[], start?: number): Flow {
  return {
    type: 'list',
    ordered: start !== undefined,
    start: start ?? null,
    spread: false,
    children,
  }
}

function imageOf(picture: Picture, isLoneInGallery: boolean): Image {
  const { alt, caption } = picture
  return { type: 'image', url: pictureUrl(picture, isLoneInGallery), alt, title: caption ?? null }
}

function captionOf(tag: 'caption' | 'figcaption', caption: string | undefined): Flow[] {
  return caption === undefined ? [] : [html(captionLine(tag, caption))]
}

function html(value: string): Flow {
  return { type: 'html', value }
}

function itemOf(item: ListItem): MdItem {
  return { type: 'listItem', spread: needsSpread(item.content), children: flowOf(item.content) }
}

function taskOf(item: TaskItem): MdItem {
  const children = flowOf(item.content)
  // The box stands at the start of a paragraph; without one there would be no box.
  if (children[0]?.type !== 'paragraph') children.unshift({ type: 'paragraph', children: [] })
  const { checked } = item.attrs
  return { type: 'listItem', spread: needsSpread(item.content), checked, children }
}

/** Only lists may follow text without an empty line. */
function needsSpread(blocks: readonly Block[]): boolean {
  const [first, ...rest] = blocks
  return first?.type !== 'paragraph' || !rest.every(mayFollowText)
}

/**
 * Whether the first line of a list, right below text, still begins a list: it does when nothing
 * but text stands behind its sign. A number other than 1, a tag or a table would be more text, and
 * readers differ on whether a list around it helps.
 */
function mayFollowText(block: Block): boolean {
  if (block.type !== 'bulletList' && block.type !== 'orderedList' && block.type !== 'taskList')
    return false
  if (block.type === 'orderedList' && (block.attrs.start ?? 1) !== 1) return false
  const opening = block.content[0]?.content[0]
  if (opening === undefined) return false
  return opening.type === 'paragraph' ? opening.content !== undefined : mayFollowText(opening)
}

function citeOf(block: Blockquote): Flow[] {
  const { cite } = block.attrs
  if (cite === undefined) return []
  const children = phrasingOf([{ type: 'text', text: cite }], 'line')
  const open = { type: 'html', value: '<cite>' } as const
  const close = { type: 'html', value: '</cite>' } as const
  return [{ type: 'paragraph', children: [open, ...children, close] }]
}

function codeOf(block: CodeBlock): Flow {
  const value = (block.content ?? []).map((node) => node.text).join('')
  const { language, filename } = block.attrs
  const lang = language ?? (filename === undefined ? null : NO_LANGUAGE)
  return { type: 'code', lang, meta: filename === undefined ? null : fileMeta(filename), value }
}

function galleryOf(block: Gallery): Flow[] {
  const { items, caption } = block.attrs
  const children = items.flatMap((item, i): PhrasingContent[] => {
    const image = imageOf(item, items.length === 1)
    return i === 0 ? [image] : [{ type: 'text', value: '\n' }, image]
  })
  return [{ type: 'paragraph', children }, ...captionOf('figcaption', caption)]
}

/** A link alone in a paragraph; its title says that it is a card. */
function embedOf(block: Embed): Flow {
  const { url, title, provider } = block.attrs
  const kind = provider === undefined ? 'embed' : `embed:${provider}`
  const children = [{ type: 'text', value: title ?? url } as const]
  return { type: 'paragraph', children: [{ type: 'link', url, title: kind, children }] }
}
