import { isSafeImageSrc, isSitePath } from '../address.ts'
import { attribute, escapeHtml } from './escape.ts'
import type { Figure, FigureSize, Gallery, Picture } from '../model.ts'
import type { RenderContext, RenderedMedia } from './context.ts'
import { resolveUrl } from './context.ts'
import { typeset } from './typography.ts'

/** How wide a picture stands on the page, for the browser's choice among `srcset`. */
const SIZES: Readonly<Record<FigureSize | 'gallery', string>> = {
  text: '(min-width: 720px) 680px, 100vw',
  wide: '(min-width: 1000px) 960px, 100vw',
  full: '(min-width: 1216px) 1176px, 100vw',
  gallery: '(min-width: 1000px) 476px, 50vw',
}

/** A picture given by a path of this site may lack its size. */
type Found = Pick<RenderedMedia, 'src'> & Partial<RenderedMedia>

export function renderFigure(block: Figure, context: RenderContext): string {
  const { attrs } = block
  const size = attrs.size === 'text' ? '' : ` ${attrs.size}`
  const found = find(attrs, context)
  const body =
    found === undefined ? placeholder(attrs, context) : image(attrs, found, attrs.size, context)
  const state = found === undefined ? ' missing' : ''
  return `<figure class="picture${size}${state}">${body}${caption(attrs.caption)}</figure>`
}

export function renderGallery(block: Gallery, context: RenderContext): string {
  const items = block.attrs.items.map((item) => galleryItem(item, context)).join('')
  return `<figure class="gallery gallery-${Math.min(block.attrs.items.length, 4)}"><div class="gallery-items">${items}</div>${caption(block.attrs.caption)}</figure>`
}

function galleryItem(item: Picture, context: RenderContext): string {
  const found = find(item, context)
  if (found === undefined) {
    return `<figure class="gallery-item missing">${placeholder(item, context)}${caption(item.caption)}</figure>`
  }
  const picture = image(item, found, 'gallery', context)
  const name = attribute('aria-label', altOf(item) === '' ? context.labels.openPicture : undefined)
  const href = attribute('href', resolveUrl(found.src, context))
  return `<figure class="gallery-item"><a${href}${name}>${picture}</a>${caption(item.caption)}</figure>`
}

/** The picture as the page can show it; pictures of other sites are never loaded. */
function find(picture: Picture, context: RenderContext): Found | undefined {
  if (picture.mediaId !== undefined) return context.options.media?.(picture.mediaId)
  if (picture.src === undefined || !isSitePath(picture.src)) return undefined
  const { src, width, height } = picture
  return { src, ...(width !== undefined && { width }), ...(height !== undefined && { height }) }
}

function image(
  picture: Picture,
  found: Found,
  place: FigureSize | 'gallery',
  context: RenderContext,
): string {
  // The first picture is probably on the first screen; waiting for scripts or scroll would delay it.
  const lazy = context.pictures++ === 0 ? '' : ' loading="lazy"'
  const src = (place === 'gallery' ? found.thumb : undefined) ?? found.src
  // Readers of feeds know little of sets, and every address in a set would have to be absolute.
  const set = context.options.absoluteUrls === true ? undefined : found.srcset
  return `<img${attribute('src', resolveUrl(src, context))}${attribute('srcset', set)}${attribute('sizes', set === undefined ? undefined : SIZES[place])}${attribute('width', found.width)}${attribute('height', found.height)}${attribute('alt', altOf(picture))}${lazy} decoding="async">`
}

function placeholder(picture: Picture, context: RenderContext): string {
  const alt = altOf(picture)
  const { src } = picture
  if (src !== undefined && isSafeImageSrc(src)) {
    const words =
      alt === '' ? context.labels.pictureOutside : `${context.labels.pictureOutside}: ${alt}`
    return `<p class="picture-note"><a${attribute('href', src)} rel="ugc nofollow noopener">${escapeHtml(words)}</a></p>`
  }
  const words =
    alt === '' ? context.labels.pictureMissing : `${context.labels.pictureMissing}: ${alt}`
  return `<p class="picture-note">${escapeHtml(words)}</p>`
}

function altOf(picture: Picture): string {
  return picture.decorative === true ? '' : picture.alt
}

function caption(text: string | undefined): string {
  return text === undefined ? '' : `<figcaption>${escapeHtml(typeset(text))}</figcaption>`
}
