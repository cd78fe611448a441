import type { Block, Inline, Picture, QuarkDoc, TableRow } from './model.ts'

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-'’.,][\p{L}\p{M}\p{N}]+)*/gu
const WORDS_PER_MINUTE = { ru: 180, en: 230 } as const

/** The text of inline nodes; a line break is a line feed, a formula is its source. */
export function inlineText(content: readonly Inline[] | undefined): string {
  let text = ''
  for (const node of content ?? []) {
    if (node.type === 'text') text += node.text
    else if (node.type === 'hardBreak') text += '\n'
    else if (node.type === 'mathInline') text += node.attrs.latex
  }
  return text
}

/** The text of blocks, one line for each paragraph or other piece; empty pieces leave no line. */
export function blocksText(blocks: readonly Block[]): string {
  return linesOf(blocks)
    .filter((line) => line.trim() !== '')
    .join('\n')
}

/** All words that a reader sees, for search, counting and plain-text mail. */
export function plainText(doc: QuarkDoc): string {
  return blocksText(doc.doc.content)
}

/**
 * The beginning of the running text in at most `maxChars` UTF-16 units, cut between words and then
 * closed with «…». Headings, code, tables, captions and notes are left out, unless there is nothing
 * else.
 */
export function excerpt(doc: QuarkDoc, maxChars: number): string {
  const running = doc.doc.content.filter((block) => RUNNING.has(block.type))
  const text = blocksText(running).replace(/\s+/g, ' ').trim()
  const whole = text === '' ? plainText(doc).replace(/\s+/g, ' ').trim() : text
  if (whole.length <= maxChars) return whole
  const head = whole.slice(0, Math.max(0, maxChars - 1))
  const border = whole.charAt(head.length) === ' ' ? head.length : head.lastIndexOf(' ')
  const cut = (border > 0 ? head.slice(0, border) : head).replace(/[\s,;:.!?—–-]+$/u, '')
  // A cut through a pair of surrogates would leave half a character.
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
}

const RUNNING: ReadonlySet<string> = new Set([
  'paragraph',
  'blockquote',
  'bulletList',
  'orderedList',
])

/** Words of the whole document; a number or a hyphenated word counts as one. */
export function wordCount(doc: QuarkDoc): number {
  return plainText(doc).match(WORD)?.length ?? 0
}

/** Whole minutes, at least 1: 180 words a minute in Russian, 230 in English. */
export function readingMinutes(doc: QuarkDoc): number {
  return Math.max(1, Math.round(wordCount(doc) / WORDS_PER_MINUTE[guessLanguage(doc)]))
}

/** `ru` when at least half of the letters outside code are Cyrillic, or when there are no letters. */
export function guessLanguage(doc: QuarkDoc): 'ru' | 'en' {
  const text = blocksText(doc.doc.content.filter((block) => block.type !== 'codeBlock'))
  const cyrillic = text.match(/[\u0400-\u04FF]/g)?.length ?? 0
  const latin = text.match(/[A-Za-z]/g)?.length ?? 0
  return cyrillic >= latin ? 'ru' : 'en'
}

type Lines = {
  [Kind in Block['type']]: (block: Extract<Block, { type: Kind }>) => string[]
}

/** What each kind of block says, line by line. */
const LINES: Lines = {
  paragraph: (block) => [inlineText(block.content)],
  heading: (block) => [inlineText(block.content)],
  codeBlock: (block) => [inlineText(block.content)],
  bulletList: (block) => block.content.flatMap((item) => linesOf(item.content)),
  orderedList: (block) => block.content.flatMap((item) => linesOf(item.content)),
  taskList: (block) => block.content.flatMap((item) => linesOf(item.content)),
  blockquote: ({ attrs, content }) => [...linesOf(content), attrs.cite ?? ''],
  figure: ({ attrs }) => [attrs.caption ?? ''],
  gallery: ({ attrs }) => [...attrs.items.map((item) => item.caption ?? ''), attrs.caption ?? ''],
  table: ({ attrs, content }) => [attrs.caption ?? '', ...content.map(rowText)],
  horizontalRule: () => [],
  footnoteDefinition: (block) => linesOf(block.content),
  mathBlock: ({ attrs }) => [attrs.latex],
  embed: ({ attrs }) => [attrs.title ?? ''],
  details: ({ attrs, content }) => [attrs.summary, ...linesOf(content)],
  unknownBlock: () => [],
}

function linesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    // The entry of a kind takes that kind; the compiler cannot follow this through a union.
    const lines = LINES[block.type] as (block: Block) => string[]
    return lines(block)
  })
}

function rowText(row: TableRow): string {
  return row.content.map((cell) => blocksText(cell.content).replaceAll('\n', ' ')).join('\t')
}

export interface DocLink {
  href: string
  /** The words of the link, or the title of a link card. */
  text: string
  blockId: string
}

export interface DocPicture extends Picture {
  blockId: string
}

/** Every link and link card in reading order; the same address may come several times. */
export function linksOf(doc: QuarkDoc): DocLink[] {
  const links: DocLink[] = []
  visitBlocks(doc.doc.content, (block) => {
    if (block.type === 'embed') {
      links.push({ href: block.attrs.url, text: block.attrs.title ?? '', blockId: block.attrs.id })
    }
    if (block.type !== 'paragraph' && block.type !== 'heading') return
    for (const node of block.content ?? []) addLink(node, block.attrs.id, links)
  })
  return links
}

function addLink(node: Inline, blockId: string, links: DocLink[]): void {
  const mark = node.marks?.find((candidate) => candidate.type === 'link')
  if (mark?.type !== 'link') return
  const text = inlineText([node])
  const last = links.at(-1)
  if (last?.href === mark.attrs.href && last.blockId === blockId) last.text += text
  else links.push({ href: mark.attrs.href, text, blockId })
}

/** Every picture in reading order. */
export function picturesOf(doc: QuarkDoc): DocPicture[] {
  const pictures: DocPicture[] = []
  visitBlocks(doc.doc.content, (block) => {
    if (block.type === 'figure') {
      const { id, size: _, ...picture } = block.attrs
      pictures.push({ ...picture, blockId: id })
    } else if (block.type === 'gallery') {
      pictures.push(...block.attrs.items.map((item) => ({ ...item, blockId: block.attrs.id })))
    }
  })
  return pictures
}

/** Pictures without a description that were not declared decorative. */
export function picturesWithoutAlt(doc: QuarkDoc): DocPicture[] {
  return picturesOf(doc).filter((picture) => picture.alt === '' && picture.decorative !== true)
}

/** Calls `visit` for every block in reading order, also inside lists, quotes and tables. */
export function visitBlocks(blocks: readonly Block[], visit: (block: Block) => void): void {
  for (const block of blocks) {
    visit(block)
    for (const group of blockGroups(block)) visitBlocks(group, visit)
  }
}

/** The lists of blocks directly inside a block. */
function blockGroups(block: Block): readonly (readonly Block[])[] {
  if (block.type === 'table') {
    return block.content.flatMap((row) => row.content.map((cell) => cell.content))
  }
  if (block.type === 'bulletList' || block.type === 'orderedList' || block.type === 'taskList') {
    return block.content.map((item) => item.content)
  }
  const isHolder =
    block.type === 'blockquote' || block.type === 'details' || block.type === 'footnoteDefinition'
  return isHolder ? [block.content] : []
}
