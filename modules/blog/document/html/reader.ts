import { newBlockId } from '../block-id.ts'
import type { Dropped } from '../dropped.ts'
import type { HtmlElement, HtmlNode } from './dom.ts'
import type { ResolvedImage } from '../image-source.ts'
import { breakNode, isBlank, textNode, trimmed, withFreeSpaces } from '../inline-run.ts'
import type { Block, Inline, Mark } from '../model.ts'

export interface HtmlContext {
  dropped: Dropped[]
  /** Uploads by the address of the picture. */
  images: ReadonlyMap<string, ResolvedImage>
  /** Against this address relative ones are read. */
  baseUrl: string | undefined
  /** Reads nodes into a reader; given here because elements and readers need each other. */
  read: (nodes: Iterable<HtmlNode>, reader: HtmlReader, marks: readonly Mark[]) => void
}

/** Beyond this depth of the document, containers are flattened into what is around them. */
const MAX_DEPTH = 24

/**
 * Collects blocks while HTML is walked: text gathers in a line until a block, or the end, closes it
 * as a paragraph. Spaces collapse as in a browser.
 */
export class HtmlReader {
  readonly blocks: Block[] = []
  readonly context: HtmlContext
  readonly depth: number
  #line: Inline[] = []

  constructor(context: HtmlContext, depth: number) {
    this.context = context
    this.depth = depth
  }

  get isDeep(): boolean {
    return this.depth >= MAX_DEPTH
  }

  text(raw: string, marks: readonly Mark[]): void {
    const text = raw.replace(/[ \t\n\r\f]+/g, ' ')
    const last = this.#line.at(-1)
    const isStart = last === undefined || last.type === 'hardBreak'
    const afterSpace = isStart || (last.type === 'text' && last.text.endsWith(' '))
    const kept = afterSpace && text.startsWith(' ') ? text.slice(1) : text
    if (kept !== '') this.#line.push(textNode(kept, marks))
  }

  lineBreak(marks: readonly Mark[]): void {
    // Code is text; a break among it is a break all the same.
    this.#line.push(breakNode(marks.filter((mark) => mark.type !== 'code')))
  }

  block(block: Block): void {
    this.flush()
    this.blocks.push(block)
  }

  /** Closes the line; two line breaks in a row part paragraphs. */
  flush(): void {
    for (const content of paragraphsOf(this.#line)) {
      this.blocks.push({ type: 'paragraph', attrs: { id: newBlockId() }, content })
    }
    this.#line = []
  }

  /** The content of an element as blocks of their own, `levels` deeper. */
  inside(element: HtmlElement, levels: number, marks: readonly Mark[] = []): Block[] {
    return this.insideNodes(element.childNodes, levels, marks)
  }

  insideNodes(nodes: Iterable<HtmlNode>, levels: number, marks: readonly Mark[] = []): Block[] {
    const reader = new HtmlReader(this.context, this.depth + levels)
    this.context.read(nodes, reader, marks)
    reader.flush()
    return reader.blocks
  }
}

/** At least one block, as containers need it. */
export function filled(blocks: Block[]): Block[] {
  return blocks.length > 0 ? blocks : [{ type: 'paragraph', attrs: { id: newBlockId() } }]
}

function paragraphsOf(line: readonly Inline[]): Inline[][] {
  const paragraphs: Inline[][] = []
  let current: Inline[] = []
  for (let i = 0; i < line.length; i++) {
    const node = line[i]
    if (node === undefined) continue
    if (node.type === 'hardBreak' && line[i + 1]?.type === 'hardBreak') {
      paragraphs.push(current)
      current = []
      while (line[i + 1]?.type === 'hardBreak') i += 1
    } else current.push(node)
  }
  paragraphs.push(current)
  return paragraphs
    .filter((content) => !isBlank(content))
    .map((content) => trimmed(withFreeSpaces(content)))
}
