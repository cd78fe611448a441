import type { Figure, FigureSize, Picture, PlainMark } from '../model.ts'

/**
 * How a document says in Markdown what Markdown has no words for. Everything here is readable by
 * people and harmless in other programs, and both directions use it.
 */

/** Marks without a Markdown sign are written as these tags. */
export const MARK_TAGS: Readonly<Partial<Record<PlainMark['type'], string>>> = {
  highlight: 'mark',
  underline: 'u',
  subscript: 'sub',
  superscript: 'sup',
}

/** Tags that are understood inside a line. */
export const TAG_MARKS: Readonly<Record<string, PlainMark['type']>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  u: 'underline',
  ins: 'underline',
  mark: 'highlight',
  sub: 'subscript',
  sup: 'superscript',
  code: 'code',
  kbd: 'code',
}

/** Language of the fence that carries a block of a module; its meta is `module/type`. */
export const MODULE_FENCE = 'quark-block'
export const NO_LANGUAGE = 'text'

/** Keeps neighbours apart whose signs would flow into each other; readers skip a comment. */
export const SEPARATOR = '<!-- -->'

export function isComment(html: string): boolean {
  return /^\s*<!--(?:(?!-->)[\s\S])*-->\s*$/.test(html)
}

const FLAG = '(?:text|wide|full|gallery|decorative|\\d*x\\d*)'
const FLAGS = new RegExp(`#(${FLAG}(?:,${FLAG})*)$`)
const MEDIA = /^media:([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/

export type PictureFlags = Pick<Picture, 'width' | 'height' | 'decorative'> & {
  size?: FigureSize
  /** A gallery of one picture says so; otherwise one picture is a figure. */
  isGallery?: true
}

/** `media:<id>` or the address, then `#wide,decorative,1200x800` for what is not the default. */
export function pictureUrl(picture: Picture | Figure['attrs'], isLoneInGallery = false): string {
  const flags = isLoneInGallery ? ['gallery', ...flagsOf(picture)] : flagsOf(picture)
  const url = picture.mediaId === undefined ? (picture.src ?? '') : `media:${picture.mediaId}`
  return flags.length === 0 ? url : `${url}#${flags.join(',')}`
}

function flagsOf(picture: Picture | Figure['attrs']): string[] {
  const { width, height, decorative } = picture
  const flags: string[] = []
  if ('size' in picture && picture.size !== 'text') flags.push(picture.size)
  if (decorative === true) flags.push('decorative')
  if (width !== undefined || height !== undefined) flags.push(`${width ?? ''}x${height ?? ''}`)
  return flags
}

/** Takes the address of a picture apart into the bare address and what its fragment says. */
export function splitPictureUrl(url: string): { src: string; flags: PictureFlags } {
  const found = FLAGS.exec(url)
  if (found === null) return { src: url, flags: {} }
  const flags: PictureFlags = {}
  for (const word of (found[1] ?? '').split(',')) {
    if (word === 'decorative') flags.decorative = true
    else if (word === 'gallery') flags.isGallery = true
    else if (word === 'text' || word === 'wide' || word === 'full') flags.size = word
    else {
      const [width, height] = word.split('x').map(Number)
      if (isPixels(width)) flags.width = width
      if (isPixels(height)) flags.height = height
    }
  }
  return { src: url.slice(0, found.index), flags }
}

export function mediaIdOf(src: string): string | undefined {
  return MEDIA.exec(src)?.[1]
}

function isPixels(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= 100_000
}

/** ` title="…"` in the meta of a fence names the file. */
export function fileMeta(filename: string): string {
  return `title="${filename.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
}

export function fileOfMeta(meta: string): string | undefined {
  const found = /(?:^|\s)title="([^"]*)"/.exec(meta)?.[1]
  return found?.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

/** `<tag>text</tag>` on a line of its own: a caption that belongs to the block before it. */
export function captionLine(tag: 'caption' | 'figcaption', text: string): string {
  return `<${tag}>${encodeText(text)}</${tag}>`
}

export function captionOfLine(tag: 'caption' | 'figcaption', html: string): string | undefined {
  const found = new RegExp(`^<${tag}>([^<]*)</${tag}>$`).exec(html.trim())?.[1]
  return found === undefined ? undefined : decodeText(found)
}

export function detailsOpening(summary: string, isOpen: boolean): string {
  return `<details${isOpen ? ' open' : ''}>\n<summary>${encodeText(summary)}</summary>`
}

export const DETAILS_END = '</details>'

export function detailsOfOpening(html: string): { summary: string; isOpen: boolean } | undefined {
  const found = /^<details( open)?>\s*(?:<summary>([^<]*)<\/summary>)?$/.exec(html.trim())
  if (found === null) return undefined
  return { summary: decodeText(found[2] ?? ''), isOpen: found[1] !== undefined }
}

function encodeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function decodeText(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
