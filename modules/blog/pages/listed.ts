import type { App, ModuleRequest, PageHead, PageResult, Translate } from '#core'
import { postPath } from '../announcement.ts'
import { cursorText, type Slice } from '../reading/cursor.ts'
import type { ListImage } from '../writing/details.ts'
import type { ListedRow } from '../reading/lists.ts'
import type { People, Person } from '../people.ts'
import type { Blog } from '../writing/posts.ts'
import { tagsOf } from '../reading/present.ts'
import type { FeedLinks, ListedPost, More, PersonLink } from '../views/props.ts'

/** What every page of the blog is made with. */
export interface Pages {
  readonly app: App
  readonly blog: Blog
  readonly people: People
}

/** A feed, or a part of the sitemap. */
export type RawPage = Extract<PageResult, { kind: 'raw' }>

export const PAGE_POSTS = 20

export function blogPath(username: string): string {
  return `/user/${username}/blog`
}

export function tagPath(username: string, slug: string): string {
  return `${blogPath(username)}/tag/${slug}`
}

export function personLink({ username, name, bio, avatar }: Person): PersonLink {
  const known = {
    ...(bio === undefined ? {} : { bio }),
    ...(avatar === undefined ? {} : { avatar }),
  }
  return { name, username, href: blogPath(username), ...known }
}

/** A post in a list. Of one with a password only the name is shown. */
export function listedPost(post: ListedRow, author: Person, isOneOfMany: boolean): ListedPost {
  const isLocked = post.password !== null
  const image = isLocked || post.image === null ? undefined : (JSON.parse(post.image) as ListImage)
  return {
    href: postPath(author.username, post.slug),
    title: post.title,
    excerpt: isLocked ? undefined : post.excerpt,
    publishedAt: post.listed_at,
    minutes: post.minutes,
    comments: isLocked ? undefined : post.comment_count,
    tags: tagsOf(post).map(({ name, slug }) => ({ name, href: tagPath(author.username, slug) })),
    image,
    author: isOneOfMany ? personLink(author) : undefined,
    locked: isLocked,
  }
}

/** Posts of many people; one whose author is unknown now is left out. */
export async function listedByMany(
  people: People,
  posts: readonly ListedRow[],
): Promise<readonly ListedPost[]> {
  const authors = await people.withIds(posts.map(({ author_id }) => author_id))
  return posts.flatMap((post) => {
    const author = authors.get(post.author_id)
    return author ? [listedPost(post, author, true)] : []
  })
}

/** The same page with the next cursor. */
export function moreOf(
  path: string,
  query: Readonly<Record<string, string>>,
  { next }: Slice<unknown>,
  left?: number,
): More | undefined {
  if (!next) return undefined
  const search = new URLSearchParams({ ...query, cursor: cursorText(next) })
  return { href: `${path}?${search.toString()}`, ...(left === undefined ? {} : { left }) }
}

/** The three feeds of a blog, of a tag, or (`base` empty) of the station. */
export function feedLinks(base: string): FeedLinks {
  return { rss: `${base}/feed.xml`, atom: `${base}/atom.xml`, json: `${base}/feed.json` }
}

export function feedHead(links: FeedLinks, title: string): NonNullable<PageHead['feeds']> {
  return [
    { type: 'application/rss+xml', title: `${title} · RSS`, href: links.rss },
    { type: 'application/atom+xml', title: `${title} · Atom`, href: links.atom },
    { type: 'application/feed+json', title: `${title} · JSON Feed`, href: links.json },
  ]
}

/** Only pages without anything personal in them are kept for strangers. */
export function keptFor(
  { actor }: Pick<ModuleRequest, 'actor'>,
  subjects: readonly string[],
): { readonly shows?: readonly string[] } {
  return actor === null ? { shows: subjects } : {}
}

export function titleOf(title: string, t: Translate): string {
  return title === '' ? t('blog.untitled') : title
}
