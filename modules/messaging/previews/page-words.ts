/** What a page says of itself to who links to it. */
export interface PageWords {
  readonly title: string
  readonly description: string
  readonly site: string
  /** As it stands there, perhaps relative. */
  readonly image: string | undefined
}

const MAX_TAG = 4_000
const MAX_TITLE = 200
const MAX_DESCRIPTION = 300
const MAX_SITE = 80
const ATTRIBUTE = /([a-z:_-]{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi
/** Pages are read by machines of anybody's making: signs that steer a line are left out. */
const UNSEEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

const NAMES: Readonly<Record<string, keyof PageWords>> = {
  'og:title': 'title',
  'twitter:title': 'title',
  'og:description': 'description',
  description: 'description',
  'twitter:description': 'description',
  'og:site_name': 'site',
  'og:image': 'image',
  'og:image:url': 'image',
  'og:image:secure_url': 'image',
  'twitter:image': 'image',
}

/**
 * Reads the head of a page in one pass: each tag is looked at once and only its beginning, so that
 * no page costs more than its length.
 */
export function wordsOfPage(html: string): PageWords | null {
  const found = new Map<keyof PageWords, string>()
  let title = ''
  for (const tag of html.split('<')) {
    const name = /^[a-z]{1,8}/i.exec(tag)?.[0].toLowerCase()
    if (name === 'body') break
    if (name === 'title' && title === '') title = tag.slice(tag.indexOf('>') + 1, MAX_TAG)
    if (name === 'meta') takeMeta(tag.slice(0, MAX_TAG), found)
  }
  const shown = cleaned(found.get('title') ?? title, MAX_TITLE)
  if (shown === '') return null
  return {
    title: shown,
    description: cleaned(found.get('description') ?? '', MAX_DESCRIPTION),
    site: cleaned(found.get('site') ?? '', MAX_SITE),
    image: found.get('image')?.trim(),
  }
}

/** The first that is said counts. */
function takeMeta(tag: string, found: Map<keyof PageWords, string>): void {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of tag.matchAll(ATTRIBUTE)) {
    attributes.set(name.toLowerCase(), double ?? single ?? bare ?? '')
  }
  const name = attributes.get('property') ?? attributes.get('name') ?? ''
  const key = NAMES[name.toLowerCase()]
  const content = unescaped(attributes.get('content') ?? '')
  if (key !== undefined && content.trim() !== '' && !found.has(key)) found.set(key, content)
}

function cleaned(text: string, max: number): string {
  const line = unescaped(text).replaceAll(/\s+/g, ' ').replaceAll(UNSEEN, '').trim()
  return line.length <= max ? line : `${line.slice(0, max - 1).toWellFormed()}…`
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  mdash: '—',
  ndash: '–',
  hellip: '…',
}

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (all, ten, hex, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? all
      const code = ten === undefined ? Number.parseInt(String(hex), 16) : Number(ten)
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code).toWellFormed() : ''
    },
  )
}

/** The page as text, in the encoding it names; `windows-1251` is alive. */
export function decodedPage(bytes: Uint8Array, contentType: string): string {
  const beginning = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1')
  const named =
    /charset=["']?([\w-]{1,40})/i.exec(contentType)?.[1] ??
    /<meta[^>]{1,200}?charset=["']?([\w-]{1,40})/i.exec(beginning)?.[1]
  return decoderOf(named ?? 'utf-8').decode(bytes)
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8')
  }
}
