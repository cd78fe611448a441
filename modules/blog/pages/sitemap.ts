import { CompiledQuery } from 'kysely'
import type { ModuleRequest } from '#core'
import { postPath } from '../announcement.ts'
import { type Cursor, cursorFrom, cursorText } from '../reading/cursor.ts'
import type { BlogDb } from '../tables.ts'
import { blogPath, keptFor, type Pages, type RawPage } from './listed.ts'

/** A fifth of what the protocol allows: a page is made and sent in one piece. */
const PAGE_URLS = 10_000

const XML = 'application/xml; charset=utf-8'
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

/** The last post of each full page, the oldest first: pages grow at their end only. */
const PAGE_ENDS = `
  select listed_at, id from (
    select listed_at, id, row_number() over (order by listed_at, id) as number
    from blog_posts where listed_at is not null) as numbered
  where number % ${PAGE_URLS} = 0
  order by listed_at, id`

const POSTS_OF_PAGE = `
  select author_id, slug, listed_at, updated_at, password from blog_posts
  where listed_at is not null and (listed_at, id) > (?, ?)
  order by listed_at, id limit ${PAGE_URLS}`

const BLOGS = `select distinct author_id from blog_months where post_count > 0 limit ${PAGE_URLS}`

const BEGINNING: Cursor = { at: '', id: '' }

/** `/sitemap.xml`: the pages of the map. */
export async function sitemapIndex({ blog }: Pages, request: ModuleRequest): Promise<RawPage> {
  const { origin } = request
  const ends = await rowsOf<{ listed_at: string; id: string }>(blog.db, PAGE_ENDS)
  const later = ends.map(({ listed_at, id }) => `?after=${cursorText({ at: listed_at, id })}`)
  const addresses = [
    `${origin}/sitemap-blogs.xml`,
    ...['', ...later].map((search) => `${origin}/sitemap-posts.xml${search}`),
  ]
  const body = addresses.map((loc) => `<sitemap><loc>${escapeXml(loc)}</loc></sitemap>`).join('\n')
  return mapPage(request, `<sitemapindex ${NAMESPACE}>\n${body}\n</sitemapindex>`)
}

/** `/sitemap-posts.xml`: addresses of listed posts. */
export async function sitemapPosts(
  { blog, people }: Pages,
  request: ModuleRequest,
): Promise<RawPage> {
  const { at, id } = cursorFrom(request.query['after']) ?? BEGINNING
  const posts = await rowsOf<{
    author_id: string
    slug: string
    listed_at: string
    updated_at: string
    password: string | null
  }>(blog.db, POSTS_OF_PAGE, [at, id])
  const open = posts.filter(({ password }) => password === null)
  const authors = await people.withIds(open.map(({ author_id }) => author_id))
  const urls = open.flatMap(({ author_id, slug, listed_at, updated_at }) => {
    const author = authors.get(author_id)
    const changed = updated_at < listed_at ? listed_at : updated_at
    return author ? [url(request.origin, postPath(author.username, slug), changed)] : []
  })
  return mapPage(request, urlset(urls))
}

/** `/sitemap-blogs.xml`: the station's front pages and its blogs. */
export async function sitemapBlogs(
  { blog, people }: Pages,
  request: ModuleRequest,
): Promise<RawPage> {
  const rows = await rowsOf<{ author_id: string }>(blog.db, BLOGS)
  const authors = await people.withIds(rows.map(({ author_id }) => author_id))
  const { origin } = request
  const paths = [...authors.values()].map(({ username }) => blogPath(username)).toSorted()
  return mapPage(request, urlset(['/', '/posts', ...paths].map((path) => url(origin, path))))
}

/** `/robots.txt` */
export async function robotsText(request: ModuleRequest): Promise<RawPage> {
  const body = `User-agent: *
Disallow: /api/
Disallow: /auth/
Disallow: /settings
Disallow: /write

Sitemap: ${request.origin}/sitemap.xml
`
  return { kind: 'raw', contentType: 'text/plain; charset=utf-8', body, ...keptFor(request, []) }
}

async function rowsOf<Row>(db: BlogDb, sql: string, parameters: readonly string[] = []) {
  const { rows } = await db.reader.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))
  return rows
}

function mapPage(request: ModuleRequest, root: string): RawPage {
  const body = `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`
  return { kind: 'raw', contentType: XML, body, ...keptFor(request, ['posts']) }
}

function urlset(urls: readonly string[]): string {
  return `<urlset ${NAMESPACE}>\n${urls.join('\n')}\n</urlset>`
}

function url(origin: string, path: string, lastmod?: string): string {
  const changed = lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`
  return `<url><loc>${escapeXml(origin + path)}</loc>${changed}</url>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
