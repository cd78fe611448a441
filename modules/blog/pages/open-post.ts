import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, type PagePart, renderView, type Translate } from '#core'
import { postPath } from '../announcement.ts'
import { conversationOf } from '../reading/comments.ts'
import type { Cover, ListImage } from '../writing/details.ts'
import { RENDERER_VERSION, type TocEntry } from '../document/index.ts'
import { partsHtml } from '../page-parts.tsx'
import type { Person } from '../people.ts'
import { isAuthor } from '../policy.ts'
import { neighboursOf, type Neighbour, type ViewedPost } from '../reading/post-view.ts'
import { tagsOf } from '../reading/present.ts'
import { currentReading, htmlIn } from '../reading/reading.ts'
import { PostPage } from '../views/post.tsx'
import type { PostBanner, PostCover, PostNeighbour, PostPageProps } from '../views/post-props.ts'
import { hiddenFrom, type Thread, threadOf } from './conversation.ts'
import {
  blogPath,
  feedHead,
  feedLinks,
  keptFor,
  type Pages,
  personLink,
  tagPath,
  titleOf,
} from './listed.ts'

/** A whole post, for somebody who may read it. */
export async function openPage(
  pages: Pages,
  request: ModuleRequest,
  post: ViewedPost,
  person: Person,
): Promise<HtmlPage> {
  const { actor, locale, origin } = request
  const t = pages.app.translator(locale)
  const subject = `post/${post.id}`
  const [reading, around, thread, parts] = await Promise.all([
    readingOf(pages, post),
    neighboursOf(pages.blog.db, post),
    threadUnder(pages, request, post),
    pages.app.slotParts('post.after', {
      actor,
      locale,
      subject,
      path: request.path,
      ownerId: person.id,
    }),
  ])
  const props: PostPageProps = {
    t,
    locale,
    timeZone: person.timeZone,
    post: shownPost(post, reading, person, locale),
    author: personLink(person),
    banner: bannerOf(post, request),
    editHref: isAuthor(actor, post) ? `/write/${post.id}` : undefined,
    comments: thread.comments,
    mentions: thread.mentions,
    previous: neighbourLink(around.previous, person, t),
    next: neighbourLink(around.next, person, t),
    after: partsHtml(parts),
  }
  return {
    kind: 'html',
    title: titleOf(post.title, t),
    html: renderView(h(PostPage, props)),
    ...(person.flavour === undefined ? {} : { flavour: person.flavour }),
    head: headOf(post, person, origin, t('blog.untitled')),
    ...(post.password === null ? keptFor(request, subjectsOf(post, thread, parts)) : {}),
  }
}

/** What the page tells of: when one of them changes, the kept page is stale. */
function subjectsOf(post: ViewedPost, thread: Thread, parts: readonly PagePart[]): string[] {
  return [
    `post/${post.id}`,
    `user/${post.author_id}`,
    ...(post.listed_at === null ? [] : [`blog/${post.author_id}`]),
    ...thread.shows,
    ...parts.flatMap((part) => part.shows ?? []),
  ]
}

function shownPost(
  post: ViewedPost,
  { html, toc }: Awaited<ReturnType<typeof readingOf>>,
  { username }: Person,
  locale: string,
): PostPageProps['post'] {
  return {
    title: post.title,
    lead: post.lead === '' ? undefined : post.lead,
    lang: post.lang === locale ? undefined : post.lang,
    publishedAt: post.published_at ?? undefined,
    minutes: post.minutes,
    cover: coverOf(post),
    html,
    toc,
    tags: tagsOf(post).map(({ name, slug }) => ({ name, href: tagPath(username, slug) })),
  }
}

/** Somebody signed in may have words here that others do not see. */
async function threadUnder(
  { app, blog, people }: Pages,
  { actor, locale, path }: ModuleRequest,
  post: ViewedPost,
): Promise<Thread> {
  if (post.comment_count === 0 && !actor) return { comments: [], mentions: [], shows: [] }
  const conversation = await conversationOf(blog.db, post.id, actor)
  if (conversation.comments.length === 0 && conversation.mentions.length === 0) {
    return { comments: [], mentions: [], shows: [] }
  }
  const menu = actor ? await app.slotParts('comment.menu', { actor, locale, path }) : []
  const report = menu.find(({ link }) => link)?.link?.href
  return threadOf(people, conversation, { postAuthorId: post.author_id, actor, locale, report })
}

function neighbourLink(
  neighbour: Neighbour | undefined,
  { username }: Person,
  t: Translate,
): PostNeighbour | undefined {
  if (!neighbour) return undefined
  const { slug, title, image } = neighbour
  return {
    href: postPath(username, slug),
    title: titleOf(title, t),
    image: image === null ? undefined : (JSON.parse(image) as ListImage),
  }
}

async function readingOf(
  { blog }: Pages,
  post: ViewedPost,
): Promise<{ readonly html: string; readonly toc: readonly TocEntry[] }> {
  const { html, toc } = post
  const isCurrent = post.reading_rev === post.rev && post.renderer === RENDERER_VERSION
  if (!isCurrent || html === null || toc === null) return currentReading(blog.db, blog.media, post)
  return { html: htmlIn(html), toc: JSON.parse(toc) as TocEntry[] }
}

function coverOf(post: ViewedPost): PostCover | undefined {
  if (post.cover === null || post.image === null) return undefined
  const { caption } = JSON.parse(post.cover) as Cover
  const image = JSON.parse(post.image) as ListImage
  return caption === undefined ? image : { ...image, caption }
}

function bannerOf(
  post: ViewedPost,
  { actor, locale }: Pick<ModuleRequest, 'actor' | 'locale'>,
): PostBanner | undefined {
  const note = hiddenFrom(post, locale)
  if (note) return { kind: 'hidden', note, isOwn: isAuthor(actor, post) }
  if (post.status === 'draft' || post.visibility === 'private') return { kind: 'draft' }
  if (post.status === 'scheduled') return { kind: 'scheduled', at: post.publish_at ?? '' }
  return post.visibility === 'unlisted' ? { kind: 'unlisted' } : undefined
}

function headOf(
  post: ViewedPost,
  person: Person,
  origin: string,
  untitled: string,
): NonNullable<HtmlPage['head']> {
  const url = `${origin}${postPath(person.username, post.slug)}`
  const image = post.image === null ? undefined : (JSON.parse(post.image) as ListImage)
  const isPublic = post.listed_at !== null
  return {
    description: post.excerpt,
    canonical: url,
    noindex: !isPublic,
    ogType: 'article',
    lang: post.lang,
    feeds: feedHead(feedLinks(blogPath(person.username)), person.name),
    ...(image ? { ogImage: `${origin}${image.src}` } : {}),
    ...(isPublic ? { jsonLd: articleData(post, person, origin, url, untitled) } : {}),
  }
}

/** schema.org/BlogPosting */
function articleData(
  post: ViewedPost,
  person: Person,
  origin: string,
  url: string,
  untitled: string,
): Readonly<Record<string, unknown>> {
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: post.title === '' ? untitled : post.title,
    description: post.excerpt,
    inLanguage: post.lang,
    datePublished: post.published_at,
    dateModified: post.updated_at,
    wordCount: post.words,
    url,
    mainEntityOfPage: url,
    author: { '@type': 'Person', name: person.name, url: `${origin}${blogPath(person.username)}` },
  }
}
