import { type PageOptions, Type } from '#core'
import { allPostsPage } from './pages/all-posts.ts'
import { blogHomePage, monthPage, tagPage } from './pages/blog-home.ts'
import { blogFeed, type FeedForm, stationFeed, tagFeed } from './pages/feeds.ts'
import type { Pages } from './pages/listed.ts'
import { postPage, unlockPage } from './pages/post.ts'
import { robotsText, sitemapBlogs, sitemapIndex, sitemapPosts } from './pages/sitemap.ts'
import { writtenPage } from './pages/write-form.ts'
import { editPostPage, newPostPage, ownPostsPage, previewPage } from './pages/write.ts'

const PUBLIC = { policy: 'public' } as const satisfies PageOptions
const MEMBER = { policy: 'member' } as const satisfies PageOptions

/** Guesses of a password are few enough to be useless, from one household as from one machine. */
const UNLOCK = {
  policy: 'public',
  method: 'POST',
  limit: { max: 10, windowS: 60 },
  body: Type.Object({ password: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
} as const satisfies PageOptions

const WRITTEN = {
  policy: 'member',
  method: 'POST',
  limit: { max: 60, windowS: 60 },
} as const satisfies PageOptions

const FEEDS: readonly (readonly [file: string, form: FeedForm])[] = [
  ['feed.xml', 'rss'],
  ['atom.xml', 'atom'],
  ['feed.json', 'json'],
]

/** Every page of the blog and its address. */
export function bindPages(pages: Pages): void {
  bindReaderPages(pages)
  bindFeeds(pages)
  bindWritingPages(pages)
}

function bindReaderPages(pages: Pages): void {
  const { app } = pages
  app.page('/posts', PUBLIC, (request) => allPostsPage(pages, request))
  app.page('/user/:username/blog', PUBLIC, (request) => blogHomePage(pages, request))
  app.page('/user/:username/blog/tag/:tag', PUBLIC, (request) => tagPage(pages, request))
  app.page('/user/:username/blog/archive/:month', PUBLIC, (request) => monthPage(pages, request))
  app.page('/user/:username/blog/:slug', PUBLIC, (request) => postPage(pages, request))
  app.page('/user/:username/blog/:slug', UNLOCK, (request) => unlockPage(pages, request))
}

function bindFeeds(pages: Pages): void {
  const { app } = pages
  for (const [file, form] of FEEDS) {
    app.page(`/${file}`, PUBLIC, (request) => stationFeed(pages, request, form))
    app.page(`/user/:username/blog/${file}`, PUBLIC, (request) => blogFeed(pages, request, form))
    app.page(`/user/:username/blog/tag/:tag/${file}`, PUBLIC, (request) =>
      tagFeed(pages, request, form),
    )
  }
  app.page('/sitemap.xml', PUBLIC, (request) => sitemapIndex(pages, request))
  app.page('/sitemap-posts.xml', PUBLIC, (request) => sitemapPosts(pages, request))
  app.page('/sitemap-blogs.xml', PUBLIC, (request) => sitemapBlogs(pages, request))
  app.page('/robots.txt', PUBLIC, (request) => robotsText(request))
}

function bindWritingPages(pages: Pages): void {
  const { app } = pages
  app.page('/write', MEMBER, (request) => ownPostsPage(pages, request))
  app.page('/write/new', MEMBER, (request) => newPostPage(pages, request))
  app.page('/write/new', WRITTEN, (request) => writtenPage(pages, request))
  app.page('/write/:id', MEMBER, (request) => editPostPage(pages, request))
  app.page('/write/:id', WRITTEN, (request) => writtenPage(pages, request))
  app.page('/write/:id/preview', MEMBER, (request) => previewPage(pages, request))
}
