import { sql } from 'kysely'
import { h } from 'preact'
import { type Json, type PagePart, type PostSummary, renderView, type SlotContext } from '#core'
import type { ListImage } from './writing/details.ts'
import { LISTED_COLUMNS, type ListedRow, listPosts } from './reading/lists.ts'
import { postPath } from './announcement.ts'
import { blogPath, type Pages, titleOf } from './pages/listed.ts'
import type { Person } from './people.ts'
import { Latest } from './views/latest.tsx'

const FRESH = 4

/** So many of the newest posts tell who is writing here now. */
const LOOKED_THROUGH = 60
const MAX_PEOPLE = 6
const MAX_LINE = 60

/** What the first page of the station shows of its blogs. */
export function bindHomeSlots(pages: Pages): void {
  pages.app.slot('home.card', (context) => pinnedCard(pages, context))
  pages.app.slot('home.section', (context) => freshPosts(pages, context))
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
  return { data: summaryOf(post, author, title) as Json, shows: ['posts', `user/${author.id}`] }
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
    return author ? [summaryOf(post, author, titleOf(post.title, t))] : []
  })
  return {
    order: 10,
    html: renderView(h(Latest, { t, locale, timeZone: 'UTC', posts })),
    shows: ['posts', ...[...authors.keys()].map((id) => `user/${id}`)],
  }
}

function summaryOf(post: ListedRow, person: Person, title: string): PostSummary {
  const { name, username, avatar } = person
  return {
    href: postPath(username, post.slug),
    title,
    excerpt: post.excerpt,
    author: {
      name,
      username,
      href: blogPath(username),
      ...(avatar === undefined ? {} : { avatar }),
    },
    publishedAt: post.listed_at,
    minutes: post.minutes,
    comments: post.comment_count,
    ...(post.image === null ? {} : { image: JSON.parse(post.image) as ListImage }),
  }
}

/** Authors of the newest posts, who wrote last coming first. */
async function peopleWhoWrite({ blog, people }: Pages): Promise<PagePart> {
  const { items } = await listPosts(blog.db.reader, {}, LOOKED_THROUGH)
  const ids = [...new Set(items.map(({ author_id }) => author_id))].slice(0, MAX_PEOPLE)
  const found = await people.withIds(ids)
  const authors = ids.flatMap((id) => found.get(id) ?? [])
  return {
    data: authors.map(({ name, username, bio, avatar }) => ({
      name,
      username,
      href: blogPath(username),
      ...(avatar === undefined ? {} : { avatar }),
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
