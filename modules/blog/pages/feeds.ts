import {
  absoluteHtml,
  atomOf,
  type FeedContent,
  type FeedEntry,
  jsonFeedOf,
  type ModuleRequest,
  rssOf,
} from '#core'
import { postPath } from '../announcement.ts'
import { cursorFrom, cursorText } from '../reading/cursor.ts'
import type { ListImage, TagName } from '../writing/details.ts'
import { RENDERER_VERSION } from '../document/index.ts'
import { blogErrors } from '../errors.ts'
import { type ListedRow, type ListPart, listPosts } from '../reading/lists.ts'
import type { Person } from '../people.ts'
import type { Blog } from '../writing/posts.ts'
import { currentReading, htmlIn } from '../reading/reading.ts'
import { findTag } from '../writing/tags.ts'
import { blogOwner } from './blog-home.ts'
import { blogPath, keptFor, type Pages, type RawPage, tagPath, titleOf } from './listed.ts'

const ENTRIES = 20

export type FeedForm = 'rss' | 'atom' | 'json'

const FORMS: Readonly<
  Record<
    FeedForm,
    { readonly contentType: string; readonly write: (feed: FeedContent) => Promise<string> }
  >
> = {
  rss: { contentType: 'application/rss+xml; charset=utf-8', write: rssOf },
  atom: { contentType: 'application/atom+xml; charset=utf-8', write: atomOf },
  json: { contentType: 'application/feed+json; charset=utf-8', write: jsonFeedOf },
}

/** What a feed is of. */
interface Source {
  readonly subject: string
  readonly title: string
  readonly description: string
  readonly path: string
  readonly part: ListPart
  /** Given when all entries are by one person. */
  readonly author?: Person
}

/** `/user/:username/blog/feed.xml`, `atom.xml`, `feed.json` */
export async function blogFeed(
  pages: Pages,
  request: ModuleRequest,
  form: FeedForm,
): Promise<RawPage> {
  const person = await blogOwner(pages, request)
  return feedPage(pages, request, form, {
    subject: `blog/${person.id}`,
    title: person.name,
    description: person.bio ?? '',
    path: blogPath(person.username),
    part: { authorId: person.id },
    author: person,
  })
}

/** The same below `/user/:username/blog/tag/:tag/` */
export async function tagFeed(
  pages: Pages,
  request: ModuleRequest,
  form: FeedForm,
): Promise<RawPage> {
  const person = await blogOwner(pages, request)
  const slug = request.params['tag'] ?? ''
  const tag = await findTag(pages.blog.db.reader, person.id, slug)
  if (!tag) throw blogErrors.QL_BLOG_PART_NOT_FOUND()
  return feedPage(pages, request, form, {
    subject: `blog/${person.id}/tag/${slug}`,
    title: `#${tag.name} · ${person.name}`,
    description: person.bio ?? '',
    path: tagPath(person.username, slug),
    part: { authorId: person.id, tag: slug },
    author: person,
  })
}

/** `/feed.xml`, `/atom.xml`, `/feed.json`: everybody's posts. */
export async function stationFeed(
  pages: Pages,
  request: ModuleRequest,
  form: FeedForm,
): Promise<RawPage> {
  const title = pages.app.translator(request.locale)('blog.allPosts')
  const source = { subject: 'posts', title, description: '', path: '/posts', part: {} }
  return feedPage(pages, request, form, source)
}

async function feedPage(
  { app, blog, people }: Pages,
  request: ModuleRequest,
  form: FeedForm,
  source: Source,
): Promise<RawPage> {
  const { origin, path, query, locale } = request
  const after = cursorFrom(query['cursor'])
  const part = { ...source.part, open: true }
  const { items, next } = await listPosts(blog.db.reader, part, ENTRIES, after)
  const authors = source.author
    ? new Map([[source.author.id, source.author]])
    : await people.withIds(items.map(({ author_id }) => author_id))
  const texts = await textsOf(blog, items)
  const t = app.translator(locale)
  const entries = items.flatMap((post): FeedEntry[] => {
    const author = authors.get(post.author_id)
    const text = texts.get(post.id)
    if (!author || !text) return []
    return [entryOf(post, author, text, { origin, title: titleOf(post.title, t) })]
  })
  const lang = commonLang(entries) ?? locale
  const { contentType, write } = FORMS[form]
  const feed: FeedContent = {
    subject: source.subject,
    title: source.title,
    description: source.description,
    lang,
    pageUrl: `${origin}${source.path}`,
    feedUrl: `${origin}${path}`,
    ...(next ? { nextUrl: `${origin}${path}?cursor=${cursorText(next)}` } : {}),
    updatedAt: lastChange(entries) ?? app.clock.now().toISOString(),
    entries,
  }
  const blogs = source.part.authorId === undefined ? 'posts' : `blog/${source.part.authorId}`
  const names = [...authors.keys()].map((id) => `user/${id}`)
  const body = await write(feed)
  return { kind: 'raw', contentType, body, ...keptFor(request, [blogs, ...names]) }
}

interface EntryText {
  readonly html: string
  readonly lang: string
}

/** The rendered texts of these posts in one query; what an older renderer made is made anew. */
async function textsOf(
  blog: Blog,
  posts: readonly ListedRow[],
): Promise<ReadonlyMap<string, EntryText>> {
  if (posts.length === 0) return new Map()
  const rows = await blog.db.reader
    .selectFrom('blog_posts as p')
    .leftJoin('blog_readings as r', (join) =>
      join.onRef('r.post_id', '=', 'p.id').onRef('r.rev', '=', 'p.rev'),
    )
    .select(['p.id', 'p.rev', 'p.cover', 'p.lang', 'r.html', 'r.renderer'])
    .where(
      'p.id',
      'in',
      posts.map(({ id }) => id),
    )
    .execute()
  const texts = new Map<string, EntryText>()
  for (const { id, rev, cover, lang, html, renderer } of rows) {
    const isCurrent = renderer === RENDERER_VERSION && html !== null
    const made = isCurrent
      ? { html: htmlIn(html) }
      : await currentReading(blog.db, blog.media, { id, rev, cover })
    texts.set(id, { html: made.html, lang })
  }
  return texts
}

function entryOf(
  post: ListedRow,
  author: Person,
  { html, lang }: EntryText,
  { origin, title }: { readonly origin: string; readonly title: string },
): FeedEntry {
  const url = `${origin}${postPath(author.username, post.slug)}`
  const image = post.image === null ? undefined : (JSON.parse(post.image) as ListImage)
  return {
    id: post.id,
    url,
    title,
    summary: post.excerpt,
    html: absoluteHtml(html, origin, url),
    lang,
    author: { name: author.name, url: `${origin}${blogPath(author.username)}` },
    tags: (JSON.parse(post.tags) as TagName[]).map(({ name }) => name),
    ...(image ? { image: `${origin}${image.src}` } : {}),
    publishedAt: post.listed_at,
    updatedAt: post.updated_at < post.listed_at ? post.listed_at : post.updated_at,
  }
}

/** The language of a feed whose entries all have one. */
function commonLang(entries: readonly FeedEntry[]): string | undefined {
  const langs = new Set(entries.map(({ lang }) => lang))
  return langs.size === 1 ? [...langs][0] : undefined
}

function lastChange(entries: readonly FeedEntry[]): string | undefined {
  return entries
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1)
}
