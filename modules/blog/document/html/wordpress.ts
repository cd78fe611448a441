import type { Dropped } from '../dropped.ts'
import { note } from '../dropped.ts'
import { escapeHtml } from '../render/escape.ts'
import { cardOf } from './provider.ts'

export interface WordPressImage {
  src: string
  alt?: string
  caption?: string
}

export interface WordPressOptions {
  /**
   * The pictures of `[gallery]`: those with the given ids of WordPress, in this order, or all that
   * are attached to the post when there are no ids.
   */
  gallery?: (ids: readonly string[]) => readonly WordPressImage[]
  /** Collects shortcodes and blocks that only a running WordPress could fill. */
  dropped?: Dropped[]
}

const BLOCKS =
  'address|article|aside|blockquote|caption|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul'
const OPENING = new RegExp(`(<(?:${BLOCKS})(?:\\s[^>]*)?/?>)`, 'gi')
const CLOSING = new RegExp(`(</(?:${BLOCKS})>)`, 'gi')
const STARTS_WITH_BLOCK = new RegExp(`^</?(?:${BLOCKS})[\\s/>]`, 'i')
const DYNAMIC_BLOCK = /<!--\s+wp:([a-z][a-z0-9/-]*)(?:\s+\{.*?\})?\s+\/-->/g
const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"\]]+))/g

/**
 * Turns the stored text of a WordPress post into HTML for `docFromHtml`: comments of the block
 * editor go, `[caption]`, `[gallery]`, `[audio]`, `[video]` and `[embed]` become elements, an
 * address of a known site on a line of its own becomes a card, and text of the classic editor gets
 * its paragraphs from empty lines, as WordPress itself does when it shows the post.
 */
export function htmlFromWordPress(content: string, options: WordPressOptions = {}): string {
  const dropped = options.dropped ?? []
  const isClassic = !content.includes('<!-- wp:')
  const text = content
    .replace(/\r\n?/g, '\n')
    .replace(DYNAMIC_BLOCK, (_, name: string) => {
      note(dropped, 'embed', `wp:${name}`)
      return ''
    })
    .replace(/<!--[\s\S]*?-->/g, '')
  const kept: string[] = []
  const open = shortcodes(keepPreformatted(text, kept), options, dropped)
  const html = addCards(isClassic ? addParagraphs(open) : open)
  return html.replace(/\uE000(\d+)\uE001/g, (_, index: string) => kept[Number(index)] ?? '')
}

/** Takes preformatted text out of the way; line breaks and brackets in it mean themselves. */
function keepPreformatted(text: string, kept: string[]): string {
  return text.replace(/[\uE000\uE001]/g, '').replace(/<pre[\s>][\s\S]*?<\/pre>/gi, (found) => {
    kept.push(found)
    return `\n\n\uE000${kept.length - 1}\uE001\n\n`
  })
}

function shortcodes(text: string, options: WordPressOptions, dropped: Dropped[]): string {
  return text
    .replace(
      /\[caption([^\]]*)\]([\s\S]*?)\[\/caption\]/g,
      (_, attributes: string, inner: string) => captioned(attributesOf(attributes), inner),
    )
    .replace(/\[gallery([^\]]*)\]/g, (found, attributes: string) => {
      const ids = (attributesOf(attributes).get('ids') ?? '').split(/[\s,]+/).filter(Boolean)
      const images = options.gallery?.(ids) ?? []
      if (images.length === 0) note(dropped, 'embed', found)
      return images.length === 0 ? '' : `\n\n${galleryOf(images)}\n\n`
    })
    .replace(
      /\[(audio|video)([^\]]*)\](?:\[\/\1\])?/g,
      (found, kind: string, attributes: string) => {
        const src = sourceOf(attributes)
        if (src === undefined) note(dropped, 'embed', found)
        return src === undefined ? '' : `\n\n<${kind} src="${escapeHtml(src)}"></${kind}>\n\n`
      },
    )
    .replace(/\[embed[^\]]*\]([\s\S]*?)\[\/embed\]/g, (_, url: string) => `\n\n${url.trim()}\n\n`)
}

/** The picture, with its link if it has one, comes first; what follows is the caption. */
function captioned(attributes: ReadonlyMap<string, string>, inner: string): string {
  const parts = /^\s*((?:<a\s[^>]*>\s*)?<img[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inner)
  if (parts === null) return inner
  const stored = attributes.get('caption')
  const caption = stored === undefined ? (parts[2] ?? '').trim() : escapeHtml(stored)
  const align = /^[\w-]+$/.test(attributes.get('align') ?? '') ? attributes.get('align') : ''
  const words = caption === '' ? '' : `<figcaption>${caption}</figcaption>`
  return `\n\n<figure class="${align}">${parts[1]}${words}</figure>\n\n`
}

function galleryOf(images: readonly WordPressImage[]): string {
  const items = images.map(({ src, alt, caption }) => {
    const words = caption === undefined ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`
    return `<figure><img src="${escapeHtml(src)}" alt="${escapeHtml(alt ?? '')}">${words}</figure>`
  })
  return `<figure class="wp-block-gallery">${items.join('')}</figure>`
}

function attributesOf(text: string): Map<string, string> {
  const found = Array.from(text.matchAll(ATTRIBUTE))
  return new Map(found.map((match) => [match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? '']))
}

/** `src`, an attribute named after the format, or a bare address. */
function sourceOf(text: string): string | undefined {
  for (const [name, value] of attributesOf(text)) {
    if (/^(?:src|mp[34]|m4[av]|og[gv]|webm|wav|flac|mov)$/.test(name)) return value
  }
  return /https?:\/\/[^\s"'\]]+/.exec(text)?.[0]
}

/** An address alone on its line, or alone in a paragraph, that a known site stands behind. */
function addCards(html: string): string {
  return html.replace(
    /(^|\n|<p>)[ \t]*(https?:\/\/[^\s<>"']+)[ \t]*(?=\n|<\/p>|<br>|$)/g,
    (found, before: string, url: string) => {
      if (cardOf(url.replaceAll('&amp;', '&')) === undefined) return found
      return `${before}<figure class="wp-block-embed">${url}</figure>`
    },
  )
}

function addParagraphs(text: string): string {
  const chunks = text
    .replace(OPENING, '\n\n$1')
    .replace(CLOSING, '$1\n\n')
    .split(/\n\s*\n/)
  const html = chunks.map((chunk) => {
    const line = chunk.trim()
    if (line === '' || STARTS_WITH_BLOCK.test(line)) return line
    return `<p>${line.replaceAll('\n', '<br>\n')}</p>`
  })
  return html.join('\n')
}
