import { h } from 'preact'
import { type PagePart, type PostSummary, renderView, type SlotContext } from '#core'
import { postPath } from './announcement.ts'
import type { ListImage } from './details.ts'
import { bindHomeSlots } from './home-slots.ts'
import { type ListedRow, listPosts } from './lists.ts'
import { blogPath, listedPost, type Pages, titleOf } from './pages/listed.ts'
import type { Person } from './people.ts'
import { Latest } from './views/latest.tsx'
import { PostList } from './views/post-list.tsx'

const FRESH = 4
const ON_PROFILE = 5

/** The blog's places in pages of others. */
export function bindSlots(pages: Pages): void {
  const { app } = pages
  app.slot('nav', async (context) => allPostsLink(pages, context))
  app.slot('nav', async (context) => writeLink(pages, context))
  app.slot('home.section', (context) => freshPosts(pages, context))
  bindHomeSlots(pages)
  app.slot('profile.tab', (context) => profileTab(pages, context))
}

function allPostsLink({ app }: Pages, { locale }: SlotContext): PagePart {
  const label = app.translator(locale)('blog.allPosts')
  return { order: 20, link: { href: '/posts', icon: 'book-open', label } }
}

function writeLink({ app }: Pages, { actor, locale }: SlotContext): PagePart | null {
  if (!actor) return null
  const label = app.translator(locale)('blog.new')
  return { order: 30, link: { href: '/write', icon: 'square-pen', label } }
}

/** The newest posts of the station; posts with a password wait for their readers elsewhere. */
async function freshPosts(
  { app, blog, people }: Pages,
  { locale }: SlotContext,
): Promise<PagePart | null> {
  const { items } = await listPosts(blog.db.reader, { open: true }, FRESH)
  if (items.length === 0) return { shows: ['posts'] }
  const t = app.translator(locale)
  const authors = await people.withIds(items.map(({ author_id }) => author_id))
  const posts = items.flatMap((post): PostSummary[] => {
    const author = authors.get(post.author_id)
    return author ? [freshPost(post, author, titleOf(post.title, t))] : []
  })
  return {
    order: 10,
    html: renderView(h(Latest, { t, locale, timeZone: 'UTC', posts })),
    shows: ['posts', ...[...authors.keys()].map((id) => `user/${id}`)],
  }
}

function freshPost(post: ListedRow, { name, username }: Person, title: string): PostSummary {
  return {
    href: postPath(username, post.slug),
    title,
    excerpt: post.excerpt,
    author: { name, username, href: blogPath(username) },
    publishedAt: post.listed_at,
    minutes: post.minutes,
    comments: post.comment_count,
    image: post.image === null ? undefined : (JSON.parse(post.image) as ListImage),
  }
}

/** The newest posts of the person whose page it is. */
async function profileTab(
  { app, blog, people }: Pages,
  { locale, subject = '' }: SlotContext,
): Promise<PagePart | null> {
  const [kind, id] = subject.split('/')
  if (kind !== 'user' || id === undefined) return null
  const { items, next } = await listPosts(blog.db.reader, { authorId: id }, ON_PROFILE)
  const shows = [`blog/${id}`]
  const person = await people.withId(id)
  if (!person) return null
  const t = app.translator(locale)
  const home = blogPath(person.username)
  const link = { href: home, icon: 'book-open', label: t('blog.allPosts') }
  if (items.length === 0) return { link, shows }
  const posts = items.map((post) => listedPost(post, person, false))
  const more = next ? { href: home } : undefined
  const props = { t, locale, timeZone: person.timeZone, posts, view: 'list', more } as const
  return {
    order: 10,
    title: t('blog.allPosts'),
    link,
    html: renderView(h(PostList, props)),
    shows,
  }
}
