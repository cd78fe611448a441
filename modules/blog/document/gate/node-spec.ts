import type { Attributes, AttributeRule } from './attribute.ts'
import {
  flag,
  href,
  imageSrc,
  integer,
  line,
  oneOf,
  parseAttributes,
  pattern,
  text,
  webAddress,
} from './attribute.ts'
import { DocumentError } from '../document-error.ts'
import type { MarkName, NodeName } from '../model.ts'

/** What a node may hold: nothing, inline nodes, unmarked text, blocks, or the named nodes. */
export type ContentRule = 'none' | 'inline' | 'text' | 'blocks' | readonly NodeName[]

export interface NodeSpec {
  content: ContentRule
  attributes: Attributes
  /** Whether the node is a block with an id of its own. */
  identified: boolean
  /** Whether the node must hold something. */
  filled: boolean
}

const language = pattern(/^[A-Za-z0-9][A-Za-z0-9+#._-]{0,39}$/, 'the short name of a language')
const slug = pattern(/^[a-z0-9][a-z0-9_-]{0,63}$/i, 'a short name of letters, digits, - and _')
const footnoteLabel = pattern(/^[\p{L}\p{N}_-]{1,60}$/u, 'letters, digits, - and _')
const pixels = integer(1, 100_000)
const span = integer(1, 100)

const pictureAttributes: Attributes = {
  mediaId: { rule: slug },
  src: { rule: imageSrc },
  alt: { rule: line(2000), fallback: '' },
  caption: { rule: line(2000), silent: '' },
  width: { rule: pixels },
  height: { rule: pixels },
  decorative: { rule: flag, silent: false },
}
const cellAttributes: Attributes = {
  align: { rule: oneOf('left', 'center', 'right') },
  colspan: { rule: span, silent: 1 },
  rowspan: { rule: span, silent: 1 },
}
const label: Attributes = { label: { rule: footnoteLabel, required: true } }
const latex: Attributes = { latex: { rule: text(10_000), required: true } }

const galleryItems: AttributeRule = (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > 100) {
    throw new DocumentError('invalid', path, 'must hold 1 to 100 pictures')
  }
  return value.map((item: unknown, i) => {
    const picture = parseAttributes(item, pictureAttributes, `${path}[${i}]`)
    checkPicture(picture, `${path}[${i}]`)
    return picture
  })
}

/** A picture has one source: an upload or an address. Throws `DocumentError`. */
export function checkPicture(picture: Record<string, unknown>, path: string): void {
  if ('mediaId' in picture === 'src' in picture) {
    throw new DocumentError('bad-image', path, 'needs either mediaId or src')
  }
}

function container(content: ContentRule, attributes: Attributes = {}): NodeSpec {
  return { content, attributes, identified: true, filled: true }
}
function leaf(attributes: Attributes = {}, content: ContentRule = 'none'): NodeSpec {
  return { content, attributes, identified: true, filled: false }
}
function inline(attributes: Attributes = {}): NodeSpec {
  return { content: 'none', attributes, identified: false, filled: false }
}
function tablePart(content: ContentRule, attributes: Attributes = {}): NodeSpec {
  return { content, attributes, identified: false, filled: true }
}

const listStart = { start: { rule: integer(0, 999_999_999), silent: 1 } }

export const BLOCKS = {
  paragraph: leaf({}, 'inline'),
  heading: leaf({ level: { rule: oneOf(1, 2, 3, 4, 5, 6), required: true } }, 'inline'),
  bulletList: container(['listItem']),
  orderedList: container(['listItem'], listStart),
  taskList: container(['taskItem']),
  blockquote: container('blocks', { cite: { rule: line(500), silent: '' } }),
  codeBlock: leaf(
    { language: { rule: language }, filename: { rule: line(200), silent: '' } },
    'text',
  ),
  figure: leaf({
    ...pictureAttributes,
    size: { rule: oneOf('text', 'wide', 'full'), fallback: 'text' },
  }),
  gallery: leaf({
    items: { rule: galleryItems, required: true },
    caption: { rule: line(2000), silent: '' },
  }),
  table: container(['tableRow'], { caption: { rule: line(2000), silent: '' } }),
  horizontalRule: leaf(),
  footnoteDefinition: container('blocks', label),
  mathBlock: leaf(latex),
  embed: leaf({
    url: { rule: webAddress, required: true },
    provider: { rule: pattern(/^[a-z0-9][a-z0-9-]{0,39}$/, 'the short name of a site') },
    title: { rule: line(500), silent: '' },
  }),
  details: container('blocks', {
    summary: { rule: line(500), fallback: '' },
    open: { rule: flag, silent: false },
  }),
  unknownBlock: leaf({
    module: { rule: slug, required: true },
    type: { rule: slug, required: true },
    raw: { rule: (value) => value, fallback: null },
  }),
} satisfies Partial<Record<NodeName, NodeSpec>>

export const INLINES = {
  hardBreak: inline(),
  footnoteReference: inline(label),
  mathInline: inline(latex),
} satisfies Partial<Record<NodeName, NodeSpec>>

export const PARTS = {
  listItem: container('blocks'),
  taskItem: container('blocks', { checked: { rule: flag, fallback: false } }),
  tableRow: tablePart(['tableHeader', 'tableCell']),
  tableHeader: tablePart('blocks', cellAttributes),
  tableCell: tablePart('blocks', cellAttributes),
} satisfies Partial<Record<NodeName, NodeSpec>>

export const MARKS: Readonly<Record<MarkName, Attributes>> = {
  link: { href: { rule: href, required: true }, title: { rule: line(500), silent: '' } },
  highlight: {},
  bold: {},
  italic: {},
  underline: {},
  strike: {},
  subscript: {},
  superscript: {},
  code: {},
}
