import { isSafeImageSrc } from '../address.ts'
import { newBlockId } from '../block-id.ts'
import { note } from '../dropped.ts'
import type { HtmlElement } from './dom.ts'
import { attributeOf, find, hasClass, lineOf, numberOf } from './node.ts'
import type { HtmlContext, HtmlReader } from './reader.ts'
import type { FigureSize, Picture } from '../model.ts'
import { cardOf } from './provider.ts'

const MAX_PIXELS = 100_000
const GALLERY = /(?:^|\s)(?:wp-block-gallery|gallery|tiled-gallery|blocks-gallery-grid)(?:\s|$)/
const EMBED = /(?:^|\s)wp-block-embed(?:\s|$)/
const CAPTIONED = /(?:^|\s)wp-caption(?:\s|$)/

/** The address as it goes to the resolver and into the document; relative ones need a base. */
export function fullAddress(address: string, context: Pick<HtmlContext, 'baseUrl'>): string {
  if (context.baseUrl !== undefined && URL.canParse(address, context.baseUrl)) {
    return new URL(address, context.baseUrl).href
  }
  return address.startsWith('//') ? `https:${address}` : address
}

/** A picture that stands by itself, or among text, becomes a figure. */
export function readImage(element: HtmlElement, reader: HtmlReader): void {
  const alt = attributeOf(element, 'alt') ?? ''
  if (hasClass(element, /(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)/)) {
    reader.text(alt, [])
    return
  }
  const picture = pictureOf(element, reader.context)
  if (picture === undefined) return
  reader.block({ type: 'figure', attrs: { id: newBlockId(), ...picture, size: sizeOf(element) } })
}

/** Galleries, captioned pictures and players; `false` when the element is none of them. */
export function readMedia(element: HtmlElement, reader: HtmlReader): boolean {
  const pictures = [...element.querySelectorAll('img')]
  if (hasClass(element, GALLERY) && pictures.length > 0) {
    readGallery(element, pictures, reader)
    return true
  }
  const [only] = pictures
  if (only !== undefined && pictures.length === 1 && isPictureFrame(element)) {
    readFigure(element, only, reader)
    return true
  }
  return hasClass(element, EMBED) && readEmbed(element, reader)
}

function isPictureFrame(element: HtmlElement): boolean {
  if (element.localName !== 'figure' && !hasClass(element, CAPTIONED)) return false
  return find(element, 'table,iframe,video,audio,blockquote,pre,h1,h2,h3,h4,h5,h6') === undefined
}

function readFigure(element: HtmlElement, image: HtmlElement, reader: HtmlReader): void {
  const picture = pictureOf(image, reader.context)
  const caption = captionOf(element)
  if (picture === undefined) {
    if (caption !== '') reader.text(caption, [])
    reader.flush()
    return
  }
  const inner = sizeOf(image)
  const size = inner === 'text' ? sizeOf(element) : inner
  const attrs = { id: newBlockId(), ...picture, ...(caption !== '' && { caption }), size }
  reader.block({ type: 'figure', attrs })
}

function captionOf(element: HtmlElement): string {
  const caption = find(element, 'figcaption,.wp-caption-text')
  return caption === undefined ? '' : lineOf(caption).slice(0, 2000)
}

function readGallery(
  element: HtmlElement,
  images: readonly HtmlElement[],
  reader: HtmlReader,
): void {
  const captions = new Map<HtmlElement, string>()
  for (const frame of element.querySelectorAll('figure,.gallery-item,li')) {
    const inner = [...frame.querySelectorAll('img')]
    const caption = find(frame, 'figcaption,.gallery-caption')
    if (inner.length === 1 && inner[0] !== undefined && caption !== undefined) {
      captions.set(inner[0], lineOf(caption).slice(0, 2000))
    }
  }
  const items = images.flatMap((image): Picture[] => {
    const picture = pictureOf(image, reader.context)
    const caption = captions.get(image) ?? ''
    return picture === undefined ? [] : [{ ...picture, ...(caption !== '' && { caption }) }]
  })
  const whole = [...element.childNodes].findLast(
    (node) => 'localName' in node && node.localName === 'figcaption',
  )
  const caption = whole === undefined ? '' : lineOf(whole).slice(0, 2000)
  const parts: Picture[][] = []
  while (items.length > 0) parts.push(items.splice(0, 100))
  parts.forEach((part, i) => {
    const last = i === parts.length - 1 && caption !== '' && { caption }
    reader.block({ type: 'gallery', attrs: { id: newBlockId(), items: part, ...last } })
  })
}

function pictureOf(element: HtmlElement, context: HtmlContext): Picture | undefined {
  const given = attributeOf(element, 'src') ?? ''
  const address = fullAddress(given, context)
  const width = numberOf(element, 'width', MAX_PIXELS)
  const height = numberOf(element, 'height', MAX_PIXELS)
  const source = context.images.get(address) ?? { src: address }
  if (width === 1 && height === 1) {
    note(context.dropped, 'picture', `${given} (1×1)`)
    return undefined
  }
  if ('src' in source && !isSafeImageSrc(source.src)) {
    if (given !== '') note(context.dropped, 'picture', given)
    return undefined
  }
  const alt = (attributeOf(element, 'alt') ?? '').replace(/\s+/g, ' ').slice(0, 2000)
  const size = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) }
  return { ...size, ...source, alt }
}

function sizeOf(element: HtmlElement): FigureSize {
  if (hasClass(element, /(?:^|\s)alignfull(?:\s|$)/)) return 'full'
  return hasClass(element, /(?:^|\s)alignwide(?:\s|$)/) ? 'wide' : 'text'
}

/** A block that names an address for a player, with or without the player itself. */
function readEmbed(element: HtmlElement, reader: HtmlReader): boolean {
  const frame = find(element, 'iframe')
  const address =
    frame === undefined ? /https?:\/\/\S+/.exec(lineOf(element))?.[0] : attributeOf(frame, 'src')
  const card = address === undefined ? undefined : cardOf(address)
  if (card === undefined) return false
  pushCard(card, captionOf(element), reader)
  return true
}

/** A frame of a known site becomes a link card; any other is dropped by name. */
export function readFrame(element: HtmlElement, reader: HtmlReader): void {
  const address = fullAddress(attributeOf(element, 'src') ?? '', reader.context)
  const card = cardOf(address)
  if (card === undefined) note(reader.context.dropped, 'embed', address === '' ? 'iframe' : address)
  else pushCard(card, attributeOf(element, 'title') ?? '', reader)
}

/** A recording becomes a link card to its file. */
export function readRecording(element: HtmlElement, reader: HtmlReader): void {
  const source =
    attributeOf(element, 'src') ?? attributeOf(find(element, 'source') ?? element, 'src') ?? ''
  const url = fullAddress(source, reader.context)
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    note(reader.context.dropped, 'embed', source === '' ? element.localName : source)
    return
  }
  const file = new URL(url).pathname.split('/').at(-1) ?? ''
  pushCard({ url, provider: element.localName }, attributeOf(element, 'title') ?? file, reader)
}

function pushCard(
  card: { url: string; provider: string },
  title: string,
  reader: HtmlReader,
): void {
  const name = title.replace(/\s+/g, ' ').trim().slice(0, 500)
  reader.block({
    type: 'embed',
    attrs: { id: newBlockId(), ...card, ...(name !== '' && { title: name }) },
  })
}
