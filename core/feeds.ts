import { createHash } from 'node:crypto'

/** A feed before it takes one of the three forms. Every address is absolute. */
export interface FeedContent {
  /** What the feed is of; the same for ever: `blog/<authorId>`. */
  readonly subject: string
  readonly title: string
  readonly description: string
  readonly lang: string
  /** The page that the feed follows. */
  readonly pageUrl: string
  readonly feedUrl: string
  /** The same feed, further back in time. */
  readonly nextUrl?: string
  readonly updatedAt: string
  readonly entries: readonly FeedEntry[]
}

export interface FeedEntry {
  /** A UUID, or another name that no other entry ever has: `channel/<id>/<number>`. */
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary: string
  readonly html: string
  readonly lang: string
  readonly author: { readonly name: string; readonly url: string }
  readonly tags: readonly string[]
  readonly image?: string
  readonly publishedAt: string
  readonly updatedAt: string
}

const GENERATOR = 'Quark-Light'

/** RSS 2.0 with the whole text in `content:encoded`. */
export async function rssOf(feed: FeedContent): Promise<string> {
  const { generateRssFeed } = await import('feedsmith')
  return generateRssFeed({
    title: xmlText(feed.title),
    link: feed.pageUrl,
    description: xmlText(feed.description || feed.title),
    language: feed.lang,
    lastBuildDate: new Date(feed.updatedAt),
    generator: GENERATOR,
    atom: {
      links: [
        { href: feed.feedUrl, rel: 'self', type: 'application/rss+xml' },
        ...nextLink(feed, 'application/rss+xml'),
      ],
    },
    items: feed.entries.map((entry) => ({
      title: xmlText(entry.title),
      link: entry.url,
      guid: { value: entryId(entry), isPermaLink: false },
      description: xmlText(entry.summary),
      content: { encoded: xmlText(entry.html) },
      dc: { creators: [xmlText(entry.author.name)] },
      categories: entry.tags.map((name) => ({ name: xmlText(name) })),
      pubDate: new Date(entry.publishedAt),
    })),
  })
}

/** Atom (RFC 4287) with the next page linked as RFC 5005 says. */
export async function atomOf(feed: FeedContent): Promise<string> {
  const { generateAtomFeed } = await import('feedsmith')
  return generateAtomFeed({
    id: subjectUrn(feed.subject),
    title: { value: xmlText(feed.title) },
    subtitle: { value: xmlText(feed.description) },
    updated: new Date(feed.updatedAt),
    generator: { text: GENERATOR },
    xml: { lang: feed.lang },
    links: [
      { href: feed.feedUrl, rel: 'self', type: 'application/atom+xml' },
      { href: feed.pageUrl, rel: 'alternate', type: 'text/html' },
      ...nextLink(feed, 'application/atom+xml'),
    ],
    entries: feed.entries.map((entry) => ({
      id: entryId(entry),
      title: { value: xmlText(entry.title) },
      summary: { value: xmlText(entry.summary) },
      content: { type: 'html', value: xmlText(entry.html) },
      links: [{ href: entry.url, rel: 'alternate', type: 'text/html' }],
      authors: [{ name: xmlText(entry.author.name), uri: entry.author.url }],
      categories: entry.tags.map((name) => ({ term: xmlText(name) })),
      published: new Date(entry.publishedAt),
      updated: new Date(entry.updatedAt),
      xml: { lang: entry.lang },
    })),
  })
}

/** JSON Feed 1.1 */
export async function jsonFeedOf(feed: FeedContent): Promise<string> {
  const { generateJsonFeed } = await import('feedsmith')
  return JSON.stringify(
    generateJsonFeed({
      title: feed.title,
      home_page_url: feed.pageUrl,
      feed_url: feed.feedUrl,
      description: feed.description,
      language: feed.lang,
      ...(feed.nextUrl === undefined ? {} : { next_url: feed.nextUrl }),
      items: feed.entries.map((entry) => ({
        id: entryId(entry),
        url: entry.url,
        title: entry.title,
        summary: entry.summary,
        content_html: entry.html,
        date_published: new Date(entry.publishedAt),
        date_modified: new Date(entry.updatedAt),
        language: entry.lang,
        tags: [...entry.tags],
        authors: [{ name: entry.author.name, url: entry.author.url }],
        ...(entry.image === undefined ? {} : { image: entry.image }),
      })),
    }),
  )
}

function nextLink({ nextUrl }: FeedContent, type: string) {
  return nextUrl === undefined ? [] : [{ href: nextUrl, rel: 'next', type }]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** It stays whatever becomes of the address. */
function entryId({ id }: FeedEntry): string {
  return UUID.test(id) ? `urn:uuid:${id}` : subjectUrn(id)
}

/** A stable id of something that has no UUID (RFC 9562 §5.8): the beginning of its digest. */
function subjectUrn(subject: string): string {
  const hex = createHash('sha256').update(`quark-light ${subject}`).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  return `urn:uuid:${uuid}`
}

/** XML 1.0 knows no control characters and no U+FFFE, U+FFFF; JSON does. */
function xmlText(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}

/**
 * The rendered text as it stands in a feed: addresses of this station and places in the post are
 * written out in full. It was made by the station's own renderer, where every attribute is quoted
 * and `<`, `>` and `"` stand for nothing but markup.
 */
export function absoluteHtml(html: string, origin: string, postUrl: string): string {
  return html.replaceAll(/<[^>]+>/g, (tag) =>
    tag
      .replaceAll(/ (src|href)="(\/[^"]*)"/g, ` $1="${origin}$2"`)
      .replaceAll(/ href="(#[^"]*)"/g, ` href="${postUrl}$1"`)
      .replaceAll(
        / srcset="([^"]*)"/g,
        (_, set: string) => ` srcset="${set.replaceAll(/(^|, )\//g, `$1${origin}/`)}"`,
      ),
  )
}
