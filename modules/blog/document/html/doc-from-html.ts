import { DocumentError } from '../document-error.ts'
import type { Dropped } from '../dropped.ts'
import { note } from '../dropped.ts'
import { resolveAll } from '../image-source.ts'
import type { ResolveImage } from '../image-source.ts'
import type { Block, QuarkDoc } from '../model.ts'
import { parseDoc } from '../gate/parse.ts'

export interface HtmlOptions {
  /** Finds the upload behind a picture; asked once for each address, full if `baseUrl` is given. */
  resolveImage?: ResolveImage
  /** The address of the page that the HTML comes from; relative addresses need it. */
  baseUrl?: string
}

export interface HtmlResult {
  doc: QuarkDoc
  /** What was dangerous or has no place in a document, each thing once. */
  dropped: Dropped[]
}

const MAX_HTML_BYTES = 1024 * 1024

/**
 * Reads foreign HTML: of WordPress, Google Docs, Word, feeds or a browser. Broken HTML is read as
 * far as it goes. Throws `DocumentError` only when the source is over 1 MiB or the document would
 * exceed its limits.
 */
export async function docFromHtml(html: string, options: HtmlOptions = {}): Promise<HtmlResult> {
  const { blocks, dropped } = await blocksFromHtml(html, options)
  return { doc: parseDoc({ v: 1, doc: { type: 'doc', content: blocks } }), dropped }
}

/** The blocks of foreign HTML before the gate has seen them. */
export async function blocksFromHtml(
  html: string,
  options: HtmlOptions,
): Promise<{ blocks: Block[]; dropped: Dropped[] }> {
  if (Buffer.byteLength(html) > MAX_HTML_BYTES) {
    throw new DocumentError('too-large', '', `takes more than ${MAX_HTML_BYTES} bytes`)
  }
  const [{ sanitized }, { bodyOf }, { readNodes }, { HtmlReader }, { fullAddress }] =
    await Promise.all([
      import('./policy.ts'),
      import('./dom.ts'),
      import('./block.ts'),
      import('./reader.ts'),
      import('./picture.ts'),
    ])
  const dropped: Dropped[] = []
  const body = bodyOf(sanitized(withoutControls(html, dropped), dropped))
  const { baseUrl, resolveImage } = options
  const addresses: string[] = []
  for (const image of body.querySelectorAll('img')) {
    addresses.push(fullAddress(image.getAttribute('src')?.trim() ?? '', { baseUrl }))
  }
  const images = await resolveAll(addresses, resolveImage)
  const reader = new HtmlReader({ dropped, images, baseUrl, read: readNodes }, 1)
  readNodes(body.childNodes, reader, [])
  reader.flush()
  return { blocks: reader.blocks, dropped }
}

/** Parsers of HTML and of XML disagree about these characters, and none of them means anything. */
function withoutControls(html: string, dropped: Dropped[]): string {
  const clean = html
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B-\u001F]/g, '')
  if (clean.length !== html.replace(/\r\n/g, '\n').length)
    note(dropped, 'text', 'control characters')
  return clean
}
