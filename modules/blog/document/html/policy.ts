import sanitize from 'sanitize-html'
import { isSafeHref, isSafeImageSrc } from '../address.ts'
import type { Dropped } from '../dropped.ts'
import { note } from '../dropped.ts'

const LOOK = ['class', 'style']
/** What the reader of HTML understands. Nothing of it reaches a page: it only becomes a document. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  audio: ['src', 'title'],
  b: LOOK,
  blockquote: LOOK,
  br: [],
  caption: [],
  cite: [],
  code: LOOK,
  dd: [],
  del: [],
  details: ['open'],
  dl: [],
  div: LOOK,
  dt: [],
  em: [],
  figcaption: [],
  figure: LOOK,
  footer: [],
  h1: LOOK,
  h2: LOOK,
  h3: LOOK,
  h4: LOOK,
  h5: LOOK,
  h6: LOOK,
  hr: [],
  i: LOOK,
  iframe: ['src', 'title'],
  img: ['src', 'alt', 'width', 'height', ...LOOK],
  input: ['type', 'checked'],
  ins: [],
  kbd: [],
  li: LOOK,
  mark: [],
  ol: ['start', ...LOOK],
  p: LOOK,
  pre: ['data-lang', ...LOOK],
  q: [],
  s: [],
  samp: [],
  source: ['src'],
  span: LOOK,
  strike: [],
  strong: LOOK,
  sub: [],
  summary: [],
  sup: [],
  table: LOOK,
  tbody: [],
  td: ['colspan', 'rowspan', 'align', ...LOOK],
  tfoot: [],
  th: ['colspan', 'rowspan', 'align', ...LOOK],
  thead: [],
  tr: [],
  tt: [],
  u: [],
  ul: LOOK,
  video: ['src', 'title'],
}

/** Tags that only wrap: their content is taken over and nothing of meaning is lost. */
const WRAPPERS = new Set(
  'abbr acronym address article aside bdi bdo big body center col colgroup dfn font header hgroup html label main nav o:p picture rp rt ruby section small time var wbr'.split(
    ' ',
  ),
)

/** Tags that go with everything inside. */
const WITH_CONTENT = [
  'script',
  'style',
  'textarea',
  'option',
  'xmp',
  'noscript',
  'noembed',
  'noframes',
  'title',
  'svg',
  'math',
  'template',
  'object',
  'plaintext',
]

// Deeper markup is unwrapped; its text stays.
const MAX_NESTING = 150

/** Reduces foreign HTML to the tags and attributes above and lists what was dangerous or lost. */
export function sanitized(html: string, dropped: Dropped[]): string {
  return sanitize(html, {
    allowedTags: Object.keys(ALLOWED),
    allowedAttributes: Object.fromEntries(
      Object.entries(ALLOWED).map(([tag, names]) => [tag, [...names]]),
    ),
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'tg'],
    allowProtocolRelative: true,
    nonTextTags: WITH_CONTENT,
    nestingLimit: MAX_NESTING,
    parseStyleAttributes: false,
    onOpenTag: (name, attributes) => {
      inspect(name, attributes, dropped)
    },
  })
}

function inspect(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  dropped: Dropped[],
): void {
  if (!Object.hasOwn(ALLOWED, tag) && !WRAPPERS.has(tag)) note(dropped, 'element', tag)
  for (const name of Object.keys(attributes)) {
    if (isActive(name)) note(dropped, 'attribute', `${tag} ${name}`)
  }
  const { href, src } = attributes
  if (tag === 'a' && href !== undefined && isDangerous(href, isSafeHref))
    note(dropped, 'link', href)
  if (tag === 'img' && src !== undefined && isDangerous(src, isSafeImageSrc))
    note(dropped, 'picture', src)
}

/** Attributes that run, send or load something in a browser. */
function isActive(name: string): boolean {
  return /^on|^(?:data-)?hx-|^(?:srcdoc|action|formaction|ping|xlink:href)$/.test(name)
}

/** A full address with a scheme that is not allowed; relative addresses are judged by the reader. */
function isDangerous(address: string, isSafe: (address: string) => boolean): boolean {
  // Browsers drop these characters before they look for a scheme.
  const bare = address.replace(/[\u0000-\u0020]/g, '')
  return /^[a-z][a-z0-9+.-]*:/i.test(bare) && !isSafe(bare)
}
