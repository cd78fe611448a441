import type { FootnoteReference, Html, Image, ImageReference, PhrasingContent } from 'mdast'
import type { InlineMath } from 'mdast-util-math'
import { isSafeHref, isSafeImageSrc } from '../address.ts'
import { newBlockId } from '../block-id.ts'
import { note } from '../dropped.ts'
import { breakNode, isBlank, plainMark, textNode, trimmed, withMark } from '../inline-run.ts'
import { isComment, mediaIdOf, splitPictureUrl, TAG_MARKS } from './notation.ts'
import type { PictureFlags } from './notation.ts'
import type { ReadContext } from './read-context.ts'
import type { Figure, Gallery, Inline, Mark, Picture, PlainMark } from '../model.ts'

/** A picture found inside a line; it becomes a block of its own. */
interface PicturePart {
  picture: Picture & Pick<PictureFlags, 'size' | 'isGallery'>
}
type Part = Inline | PicturePart

/** A stretch of text, or what the pictures between two stretches make. */
type Piece = { inline: Inline[] } | Figure | Gallery

/** The content of a line, read with the marks around it. */
export function partsOf(
  nodes: readonly PhrasingContent[],
  context: ReadContext,
  marks: readonly Mark[] = [],
): Part[] {
  const parts: Part[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    if (node === undefined) continue
    const tag =
      node.type === 'html' ? /^<([a-z]+)>$/i.exec(node.value)?.[1]?.toLowerCase() : undefined
    const end = tag === undefined ? undefined : endOfTag(nodes, i, tag)
    if (tag !== undefined && end !== undefined) {
      const mark = plainMark(TAG_MARKS[tag] ?? 'bold')
      parts.push(...partsOf(nodes.slice(i + 1, end), context, withMark(marks, mark)))
      i = end
    } else parts.push(...partOf(node, context, marks))
  }
  return parts
}

type Readers = {
  [Kind in PhrasingContent['type']]: (
    node: Extract<PhrasingContent, { type: Kind }>,
    context: ReadContext,
    marks: readonly Mark[],
  ) => Part[]
}

const READERS: Readers = {
  text: (node, _context, marks) => textParts(node.value, marks),
  strong: (node, context, marks) => within(node.children, 'bold', context, marks),
  emphasis: (node, context, marks) => within(node.children, 'italic', context, marks),
  delete: (node, context, marks) => within(node.children, 'strike', context, marks),
  inlineCode: (node, _context, marks) => textParts(node.value, withMark(marks, plainMark('code'))),
  inlineMath: mathParts,
  break: (_node, _context, marks) => [breakNode(marks)],
  link: (node, context, marks) => linkParts(node, node, context, marks),
  linkReference: (node, context, marks) =>
    linkParts(node, context.definitions.get(node.identifier), context, marks),
  image: imageParts,
  imageReference: imageReferenceParts,
  footnoteReference: footnoteParts,
  html: htmlParts,
}

function partOf(node: PhrasingContent, context: ReadContext, marks: readonly Mark[]): Part[] {
  // The entry of a kind takes that kind; the compiler cannot follow this through a union.
  const read = READERS[node.type] as (
    node: PhrasingContent,
    context: ReadContext,
    marks: readonly Mark[],
  ) => Part[]
  return read(node, context, marks)
}

function within(
  nodes: readonly PhrasingContent[],
  mark: PlainMark['type'],
  context: ReadContext,
  marks: readonly Mark[],
): Part[] {
  return partsOf(nodes, context, withMark(marks, plainMark(mark)))
}

function imageReferenceParts(
  node: ImageReference,
  context: ReadContext,
  marks: readonly Mark[],
): Part[] {
  const definition = context.definitions.get(node.identifier)
  if (definition === undefined) return literal(node, context, marks)
  const { url, title } = definition
  return imageParts({ ...node, type: 'image', url, title }, context, marks)
}

function footnoteParts(
  node: FootnoteReference,
  context: ReadContext,
  marks: readonly Mark[],
): Part[] {
  const label = context.labels.get(node.identifier)
  if (label === undefined) return literal(node, context, marks)
  return [{ type: 'footnoteReference', attrs: { label }, ...marked(marks) }]
}

function htmlParts(node: Html, context: ReadContext, marks: readonly Mark[]): Part[] {
  if (/^<br\s*\/?>$/i.test(node.value)) return [breakNode(marks)]
  if (isComment(node.value)) return []
  note(context.dropped, 'element', node.value)
  return textParts(node.value, marks)
}

/** Where the tag opened at `start` is closed again in the same line. */
function endOfTag(
  nodes: readonly PhrasingContent[],
  start: number,
  tag: string,
): number | undefined {
  if (!Object.hasOwn(TAG_MARKS, tag)) return undefined
  let open = 0
  for (let i = start; i < nodes.length; i++) {
    const node = nodes[i]
    if (node?.type !== 'html') continue
    const value = node.value.toLowerCase()
    if (value === `<${tag}>`) open += 1
    else if (value === `</${tag}>`) open -= 1
    if (open === 0) return i
  }
  return undefined
}

/** A line end inside a paragraph is a space. */
function textParts(value: string, marks: readonly Mark[]): Part[] {
  const text = value.replaceAll('\n', ' ')
  return text === '' ? [] : [textNode(text, marks)]
}

/** `$5 and $6` is money: one dollar opens a formula only when no space or digit contradicts it. */
function mathParts(node: InlineMath, context: ReadContext, marks: readonly Mark[]): Part[] {
  const typed = sourceOf(node, context)
  const inner = /^\$([^$]*)\$$/s.exec(typed)?.[1]
  const after = context.source.charAt(node.position?.end.offset ?? -1)
  if (inner === undefined || (!/^\s|\s$/.test(inner) && !/\d/.test(after))) {
    return [{ type: 'mathInline', attrs: { latex: node.value }, ...marked(marks) }]
  }
  // A nested read has no positions of this source, so what it cannot take stands as it was typed.
  const plain = { ...context, source: typed }
  return partsOf(context.readWithoutMath(typed), plain, marks)
}

function linkParts(
  node: Extract<PhrasingContent, { type: 'link' | 'linkReference' }>,
  target: { url: string; title?: string | null | undefined } | undefined,
  context: ReadContext,
  marks: readonly Mark[],
): Part[] {
  if (target === undefined || !isSafeHref(target.url)) {
    if (target !== undefined) note(context.dropped, 'link', target.url)
    return literal(node, context, marks)
  }
  const title = target.title?.replace(/\s+/g, ' ').trim().slice(0, 500) ?? ''
  const attrs = { href: target.url, ...(title !== '' && { title }) }
  return partsOf(node.children, context, withMark(marks, { type: 'link', attrs }))
}

function imageParts(node: Image, context: ReadContext, marks: readonly Mark[]): Part[] {
  const { src, flags } = splitPictureUrl(node.url)
  const mediaId = mediaIdOf(src)
  const source = mediaId === undefined ? (context.images.get(src) ?? { src }) : { mediaId }
  if ('src' in source && !isSafeImageSrc(source.src)) {
    note(context.dropped, 'picture', node.url)
    return literal(node, context, marks)
  }
  const alt = (node.alt ?? '').slice(0, 2000)
  const caption = node.title?.slice(0, 2000) ?? ''
  return [{ picture: { ...source, alt, ...(caption !== '' && { caption }), ...flags } }]
}

/** What cannot be taken over stays visible, as it was typed. */
function literal(node: PhrasingContent, context: ReadContext, marks: readonly Mark[]): Part[] {
  return textParts(sourceOf(node, context), marks)
}

function sourceOf(node: PhrasingContent, context: ReadContext): string {
  const { start, end } = node.position ?? {}
  return context.source.slice(start?.offset ?? 0, end?.offset ?? 0)
}

function marked(marks: readonly Mark[]): { marks?: Mark[] } {
  return marks.length > 0 ? { marks: [...marks] } : {}
}

/** Parts the text at its pictures: one picture is a figure, several in a row are a gallery. */
export function piecesOf(parts: readonly Part[]): Piece[] {
  const pieces: Piece[] = []
  let inline: Inline[] = []
  const pictures: PicturePart['picture'][] = []
  for (const part of parts) {
    if ('picture' in part) {
      flushText()
      pictures.push(part.picture)
    } else {
      inline.push(part)
      if (!isBlank(inline)) flushPictures()
    }
  }
  flushPictures()
  flushText()
  // A lone stretch of text keeps its spaces; beside a picture they mean nothing.
  if (pieces.length === 1) return pieces
  return pieces.map((piece) => ('type' in piece ? piece : { inline: trimmed(piece.inline) }))

  function flushText(): void {
    if (!isBlank(inline)) pieces.push({ inline })
    inline = []
  }
  function flushPictures(): void {
    while (pictures.length > 0) pieces.push(pictureBlock(pictures.splice(0, 100)))
  }
}

function pictureBlock(pictures: PicturePart['picture'][]): Figure | Gallery {
  const id = newBlockId()
  const [first] = pictures
  if (pictures.length === 1 && first !== undefined && first.isGallery !== true) {
    return { type: 'figure', attrs: { id, ...first, size: first.size ?? 'text' } }
  }
  const items = pictures.map((part): Picture => {
    const { size: _size, isGallery: _isGallery, ...picture } = part
    return picture
  })
  return { type: 'gallery', attrs: { id, items } }
}
