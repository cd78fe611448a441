import { sql } from 'kysely'
import type { Json, PagePart, SlotContext } from '#core'
import type { ListImage } from './details.ts'
import { LISTED_COLUMNS, type ListedRow, listPosts } from './lists.ts'
import { postPath } from './announcement.ts'
import { blogPath, type Pages, titleOf } from './pages/listed.ts'
import type { Person } from './people.ts'

/** So many of the newest posts tell who is writing here now. */
const LOOKED_THROUGH = 60
const MAX_PEOPLE = 6
const MAX_LINE = 60

/** What the first page of the station shows of its blogs besides the newest posts. */
export function bindHomeSlots(pages: Pages): void {
  pages.app.slot('home.card', (context) => pinnedCard(pages, context))
  pages.app.slot('home.people', () => peopleWhoWrite(pages))
}

/** The newest post that its author has pinned and that has a picture. */
async function pinnedCard(
  { app, blog, people }: Pages,
  { locale }: SlotContext,
): Promise<PagePart | null> {
  const post = await blog.db.reader
    .selectFrom('blog_posts')
    .select(LISTED_COLUMNS)
    .where(sql<boolean>`pinned = 1`)
    .where('listed_at', 'is not', null)
    .where('password', 'is', null)
    .where('image', 'is not', null)
    .orderBy('listed_at', 'desc')
    .limit(1)
    .$narrowType<{ listed_at: string }>()
    .executeTakeFirst()
  const author = post && (await people.withId(post.author_id))
  if (!post || !author) return { shows: ['posts'] }
  const title = titleOf(post.title, app.translator(locale))
  return { data: cardOf(post, author, title), shows: ['posts', `user/${author.id}`] }
}

function cardOf(post: ListedRow, { name, username }: Person, title: string): Json {
  return {
    href: postPath(username, post.slug),
    title,
    excerpt: post.excerpt,
    author: { name, username, href: blogPath(username) },
    publishedAt: post.listed_at,
    minutes: post.minutes,
    image: JSON.parse(post.image ?? 'null') as ListImage & Json,
  }
}

/** Authors of the newest posts, who wrote last coming first. */
async function peopleWhoWrite({ blog, people }: Pages): Promise<PagePart> {
  const { items } = await listPosts(blog.db.reader, {}, LOOKED_THROUGH)
  const ids = [...new Set(items.map(({ author_id }) => author_id))].slice(0, MAX_PEOPLE)
  const found = await people.withIds(ids)
  const authors = ids.flatMap((id) => found.get(id) ?? [])
  return {
    data: authors.map(({ name, username, bio }) => ({
      name,
      username,
      href: `/user/${username}`,
      ...(bio === undefined ? {} : { line: firstSentence(bio) }),
    })),
    shows: ['posts', ...ids.map((id) => `user/${id}`)],
  }
}

function firstSentence(bio: string): string {
  const [sentence = ''] = bio.split(/(?<=[.!?…])\s/)
  const letters = Array.from(sentence.replace(/\.$/, ''))
  return letters.length > MAX_LINE ? `${letters.slice(0, MAX_LINE).join('')}…` : letters.join('')
}
