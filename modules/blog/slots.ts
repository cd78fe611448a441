import { h } from 'preact'
import { type PagePart, renderView, type SlotContext } from '#core'
import { bindHomeSlots } from './home-slots.ts'
import { listPosts } from './reading/lists.ts'
import { blogPath, listedPost, type Pages } from './pages/listed.ts'
import { PostList } from './views/post-list.tsx'

const ON_PROFILE = 5

/** The blog's places in pages of others. */
export function bindSlots(pages: Pages): void {
  const { app } = pages
  app.slot('nav', async (context) => allPostsLink(pages, context))
  app.slot('nav', async (context) => writeLink(pages, context))
  bindHomeSlots(pages)
  app.slot('profile.tab', (context) => profileTab(pages, context))
}

/** After the bell: a phone has tabs for the first four places, and home leads here too. */
function allPostsLink({ app }: Pages, { locale }: SlotContext): PagePart {
  const label = app.translator(locale)('blog.nav.posts')
  return { order: 65, link: { href: '/posts', icon: 'book-open', label } }
}

function writeLink({ app }: Pages, { actor, locale }: SlotContext): PagePart | null {
  if (!actor) return null
  const label = app.translator(locale)('blog.nav.write')
  return { order: 30, link: { href: '/write', icon: 'square-pen', label } }
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
