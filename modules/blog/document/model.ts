/**
 * QuarkDoc v1: the one stored form of a post. The shape is ProseMirror JSON with Tiptap's node
 * names, so an editor needs no translation; HTML, Markdown, plain text and feeds are derived.
 * Values of these types have passed `parseDoc`; build them by hand only in code that hands the
 * result to `parseDoc`.
 */
export interface QuarkDoc {
  v: 1
  doc: { type: 'doc'; content: Block[] }
}

/** Limits that hold on every door. Depth counts nodes, the `doc` node being 0. */
export const DOC_LIMITS = {
  maxBytes: 256 * 1024,
  maxDepth: 32,
  maxNodes: 10_000,
} as const

export type Align = 'left' | 'center' | 'right'
export type FigureSize = 'text' | 'wide' | 'full'
export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6

export type MarkName =
  | 'link'
  | 'highlight'
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'subscript'
  | 'superscript'
  | 'code'

export interface LinkMark {
  type: 'link'
  attrs: { href: string; title?: string }
}
export interface PlainMark {
  type: Exclude<MarkName, 'link'>
}
export type Mark = LinkMark | PlainMark

/** Outermost first: the one order in which marks are stored, compared and rendered. */
export const MARK_ORDER: readonly MarkName[] = [
  'link',
  'highlight',
  'bold',
  'italic',
  'underline',
  'strike',
  'subscript',
  'superscript',
  'code',
]

export interface Text {
  type: 'text'
  marks?: Mark[]
  text: string
}
export interface HardBreak {
  type: 'hardBreak'
  marks?: Mark[]
}
export interface FootnoteReference {
  type: 'footnoteReference'
  attrs: { label: string }
  marks?: Mark[]
}
export interface MathInline {
  type: 'mathInline'
  attrs: { latex: string }
  marks?: Mark[]
}
export type Inline = Text | HardBreak | FootnoteReference | MathInline

/** Every block carries an id that is unique in its document and outlives edits of its content. */
export interface Identified {
  id: string
}

export interface Paragraph {
  type: 'paragraph'
  attrs: Identified
  content?: Inline[]
}
export interface Heading {
  type: 'heading'
  attrs: Identified & { level: HeadingLevel }
  content?: Inline[]
}
export interface BulletList {
  type: 'bulletList'
  attrs: Identified
  content: ListItem[]
}
export interface OrderedList {
  type: 'orderedList'
  attrs: Identified & { start?: number }
  content: ListItem[]
}
export interface ListItem {
  type: 'listItem'
  attrs: Identified
  content: Block[]
}
export interface TaskList {
  type: 'taskList'
  attrs: Identified
  content: TaskItem[]
}
export interface TaskItem {
  type: 'taskItem'
  attrs: Identified & { checked: boolean }
  content: Block[]
}
/** `cite` names the person or work quoted; it is plain text, not an address. */
export interface Blockquote {
  type: 'blockquote'
  attrs: Identified & { cite?: string }
  content: Block[]
}
export interface CodeBlock {
  type: 'codeBlock'
  attrs: Identified & { language?: string; filename?: string }
  content?: Text[]
}

/** A picture is either an upload of this station (`mediaId`) or an address (`src`), never both. */
export interface Picture {
  mediaId?: string
  src?: string
  alt: string
  caption?: string
  /** Pixels of the original. */
  width?: number
  height?: number
  /** The author says that the picture carries no meaning, so an empty `alt` is right. */
  decorative?: true
}
export interface Figure {
  type: 'figure'
  attrs: Identified & Picture & { size: FigureSize }
}
export interface Gallery {
  type: 'gallery'
  attrs: Identified & { items: Picture[]; caption?: string }
}

export interface Table {
  type: 'table'
  attrs: Identified & { caption?: string }
  content: TableRow[]
}
export interface TableRow {
  type: 'tableRow'
  content: TableCell[]
}
/** Rows and cells are parts of their table and carry no id of their own. */
export interface TableCell {
  type: 'tableHeader' | 'tableCell'
  attrs?: { align?: Align; colspan?: number; rowspan?: number }
  content: Block[]
}
export interface HorizontalRule {
  type: 'horizontalRule'
  attrs: Identified
}
/** Only at the top level; labels are unique. */
export interface FootnoteDefinition {
  type: 'footnoteDefinition'
  attrs: Identified & { label: string }
  content: Block[]
}
export interface MathBlock {
  type: 'mathBlock'
  attrs: Identified & { latex: string }
}
/** A page of another site, shown as a link card: nothing foreign loads by itself. */
export interface Embed {
  type: 'embed'
  attrs: Identified & { url: string; provider?: string; title?: string }
}
export interface Details {
  type: 'details'
  attrs: Identified & { summary: string; open?: true }
  content: Block[]
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A block of a module that is not here now; `raw` comes back to it byte for byte. */
export interface UnknownBlock {
  type: 'unknownBlock'
  attrs: Identified & { module: string; type: string; raw: Json }
}

export type Block =
  | Paragraph
  | Heading
  | BulletList
  | OrderedList
  | TaskList
  | Blockquote
  | CodeBlock
  | Figure
  | Gallery
  | Table
  | HorizontalRule
  | FootnoteDefinition
  | MathBlock
  | Embed
  | Details
  | UnknownBlock

/** A block, or an item of a list: whatever carries an id. */
export type Addressed = Block | ListItem | TaskItem
export type DocNode = Addressed | TableRow | TableCell | Inline
export type NodeName = DocNode['type']
