import { newBlockId } from '../block-id.ts'
import type { HtmlElement, HtmlNode } from './dom.ts'
import { isWordMarker, readList, readWordList, wordItem } from './list.ts'
import type { WordItem } from './list.ts'
import { marksOf } from './mark.ts'
import {
  attributeOf,
  cleanText,
  elementsIn,
  find,
  hasClass,
  isElement,
  isText,
  lineOf,
} from './node.ts'
import { readFrame, readImage, readMedia, readRecording } from './picture.ts'
import { filled } from './reader.ts'
import type { HtmlReader } from './reader.ts'
import { readTable } from './table.ts'
import { plainMark, withMark } from '../inline-run.ts'
import type { HeadingLevel, Mark } from '../model.ts'

type Read = (element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]) => void

const CONTAINERS = new Set(['blockquote', 'details', 'dl', 'ol', 'table', 'ul'])

const READERS: Readonly<Record<string, Read>> = {
  audio: readRecording,
  blockquote: readQuote,
  br: (_, reader, marks) => reader.lineBreak(marks),
  dd: readApart,
  details: readDetails,
  div: readApart,
  dl: readApart,
  dt: (element, reader, marks) => readApart(element, reader, withMark(marks, plainMark('bold'))),
  figcaption: readApart,
  figure: readFigureElement,
  footer: readApart,
  h1: readHeading,
  h2: readHeading,
  h3: readHeading,
  h4: readHeading,
  h5: readHeading,
  h6: readHeading,
  hr: (_, reader) => reader.block({ type: 'horizontalRule', attrs: { id: newBlockId() } }),
  iframe: readFrame,
  img: readImage,
  input: () => undefined,
  li: readApart,
  ol: readList,
  p: readApart,
  pre: readPreformatted,
  q: (element, reader, marks) => {
    reader.text('“', marks)
    readNodes(element.childNodes, reader, marks)
    reader.text('”', marks)
  },
  summary: readApart,
  table: (element, reader) => readTable(element, reader, ''),
  ul: readList,
  video: readRecording,
}

/** Walks nodes in order; runs of Word's list paragraphs are read together. */
export function readNodes(
  nodes: Iterable<HtmlNode>,
  reader: HtmlReader,
  marks: readonly Mark[],
): void {
  let wordItems: WordItem[] = []
  for (const node of nodes) {
    const item = wordItem(node)
    if (item !== undefined) wordItems.push(item)
    else if (wordItems.length > 0 && !(isText(node) && lineOf(node) === '')) {
      readWordList(wordItems, reader)
      wordItems = []
    }
    if (item === undefined) readNode(node, reader, marks)
  }
  if (wordItems.length > 0) readWordList(wordItems, reader)
}

function readNode(node: HtmlNode, reader: HtmlReader, marks: readonly Mark[]): void {
  if (isText(node)) reader.text(cleanText(node.textContent ?? ''), marks)
  if (!isElement(node) || isWordMarker(node)) return
  const name = node.localName
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined
  if (read === undefined) readNodes(node.childNodes, reader, marksOf(node, marks, reader.context))
  else if (reader.isDeep && CONTAINERS.has(name)) readApart(node, reader, marks)
  else read(node, reader, marks)
}

/** An element whose content begins and ends on lines of its own. */
function readApart(element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]): void {
  reader.flush()
  if (!readMedia(element, reader)) readNodes(element.childNodes, reader, marks)
  reader.flush()
}

function readFigureElement(element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]): void {
  reader.flush()
  if (readMedia(element, reader)) return
  const caption = find(element, 'figcaption')
  const table = find(element, 'table')
  if (table !== undefined) readTable(table, reader, caption === undefined ? '' : lineOf(caption))
  else readNodes(element.childNodes, reader, marks)
  reader.flush()
}

function readHeading(element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]): void {
  const level = Number(element.localName.slice(1)) as HeadingLevel
  const blocks = reader.inside(element, 0, marks)
  const content = blocks.flatMap((block) =>
    block.type === 'paragraph' ? (block.content ?? []) : [],
  )
  if (content.length > 0) {
    reader.block({ type: 'heading', attrs: { id: newBlockId(), level }, content })
  }
  for (const block of blocks) if (block.type !== 'paragraph') reader.block(block)
}

/** A `<cite>` or `<footer>` of the quote itself names whom it quotes. */
function readQuote(element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]): void {
  const named = elementsIn(element).findLast(
    ({ localName }) => localName === 'cite' || localName === 'footer',
  )
  const nodes = [...element.childNodes].filter((node) => node !== named)
  const blocks = reader.insideNodes(nodes, 1, marks)
  const cite =
    named === undefined
      ? ''
      : lineOf(named)
          .replace(/^[—–-]\s*/, '')
          .slice(0, 500)
  if (blocks.length === 0 && cite === '') return
  const attrs = { id: newBlockId(), ...(cite !== '' && { cite }) }
  reader.block({ type: 'blockquote', attrs, content: filled(blocks) })
}

function readDetails(element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]): void {
  const title = elementsIn(element).find(({ localName }) => localName === 'summary')
  const nodes = [...element.childNodes].filter((node) => node !== title)
  const summary = title === undefined ? '' : lineOf(title).slice(0, 500)
  const open = attributeOf(element, 'open') === undefined ? {} : { open: true as const }
  const content = filled(reader.insideNodes(nodes, 1, marks))
  reader.block({ type: 'details', attrs: { id: newBlockId(), summary, ...open }, content })
}

function readPreformatted(element: HtmlElement, reader: HtmlReader, marks: readonly Mark[]): void {
  if (hasClass(element, /wp-block-verse/)) {
    readApart(element, reader, marks)
    return
  }
  const text = cleanText(sourceOf(element).replace(/\r\n?/g, '\n')).replace(/^\n|\n$/g, '')
  if (text.trim() === '') return
  const language = languageOf(element)
  const attrs = { id: newBlockId(), ...(language !== undefined && { language }) }
  reader.block({ type: 'codeBlock', attrs, content: [{ type: 'text', text }] })
}

/** The text of preformatted content, where a line break is an element. */
function sourceOf(node: HtmlNode): string {
  if (isText(node)) return node.textContent ?? ''
  if (isElement(node) && node.localName === 'br') return '\n'
  let text = ''
  for (const child of node.childNodes) text += sourceOf(child)
  return text
}

function languageOf(element: HtmlElement): string | undefined {
  const code = find(element, 'code')
  const classes = [element, code]
    .map((node) => (node === undefined ? '' : (attributeOf(node, 'class') ?? '')))
    .join(' ')
  const named = /(?:^|[\s;])(?:lang(?:uage)?-|brush:\s*)([\w+#.-]{1,40})/.exec(classes)?.[1]
  const language = named ?? attributeOf(element, 'data-lang')
  return language !== undefined && /^[A-Za-z0-9][A-Za-z0-9+#._-]{0,39}$/.test(language)
    ? language
    : undefined
}
