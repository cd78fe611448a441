import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, type PageResult, renderView } from '#core'
import { postPath } from '../announcement.ts'
import { conversationOf } from '../comments.ts'
import type { Cover, ListImage } from '../details.ts'
import { RENDERER_VERSION, type TocEntry } from '../document/index.ts'
import { blogErrors } from '../errors.ts'
import { partsHtml } from '../page-parts.tsx'
import { fitsPassword } from '../password.ts'
import type { Person } from '../people.ts'
import { canRead, canSee, isAuthor } from '../policy.ts'
import { neighboursOf, type Neighbour, postAt, type ViewedPost } from '../post-view.ts'
import { tagsOf } from '../present.ts'
import { currentReading, htmlIn } from '../reading.ts'
import { LockedPost } from '../views/locked-post.tsx'
import { PostPage } from '../views/post.tsx'
import type {
  PostBanner,
  PostCover,
  PostNeighbour,
  PostPageProps,
  TagLink,
} from '../views/props.ts'
import { blogOwner } from './blog-home.ts'
import { threadOf } from './conversation.ts'
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

/** `GET /user/:username/blog/:slug` */
export async function postPage(pages: Pages, request: ModuleRequest): Promise<PageResult> {
  const found = await visiblePost(pages, request)
  if (found.kind === 'redirect') return found
  const { post, person } = found
  if (!canRead(request.actor, post)) return lockedPage(pages, request, post, person, false)
  return openPage(pages, request, post, person)
}

/** `POST /user/:username/blog/:slug`: opens a post with its password, for this one answer. */
export async function unlockPage(
  pages: Pages,
  request: ModuleRequest<{ readonly password: string }>,
): Promise<PageResult> {
  const found = await visiblePost(pages, request)
  if (found.kind === 'redirect') return found
  const { post, person } = found
  const fits = post.password === null || (await fitsPassword(request.body.password, post.password))
  if (!fits) return lockedPage(pages, request, post, person, true)
  const { shows: _shows, ...page } = await openPage(pages, request, post, person)
  return page
}

type Found =
  | { readonly kind: 'post'; readonly post: ViewedPost; readonly person: Person }
  | Extract<PageResult, { kind: 'redirect' }>

/**
 * The post at the asked address, as far as this reader may know of it; an older address leads
 * straight to the current one.
 *
 * @throws QL_BLOG_POST_NOT_FOUND, QL_BLOG_POST_GONE.
 */
async function visiblePost(pages: Pages, request: ModuleRequest<unknown>): Promise<Found> {
  const person = await blogOwner(pages, request)
  const slug = request.params['slug'] ?? ''
  const found = await postAt(pages.blog.db, person.id, slug)
  if (found.kind === 'gone') throw blogErrors.QL_BLOG_POST_GONE()
  if (found.kind === 'nothing' || !canSee(request.actor, found.post)) {
    throw blogErrors.QL_BLOG_POST_NOT_FOUND()
  }
  if (found.post.slug === slug) return { kind: 'post', post: found.post, person }
  const search = new URLSearchParams(request.query).toString()
  const path = postPath(person.username, found.post.slug)
  return { kind: 'redirect', to: search === '' ? path : `${path}?${search}`, status: 301 }
}

/** A whole post, for somebody who may read it. */
export async function openPage(
  pages: Pages,
  request: ModuleRequest<unknown>,
  post: ViewedPost,
  person: Person,
): Promise<HtmlPage> {
  const { actor, locale, origin } = request
  const { app, blog, people } = pages
  const t = app.translator(locale)
  const subject = `post/${post.id}`
  const [reading, neighbours, talk, parts] = await Promise.all([
    readingOf(pages, post),
    neighboursOf(blog.db, post),
    post.comment_count === 0 ? undefined : conversationOf(blog.db, post.id),
    app.slotParts('post.after', { actor, locale, subject }),
  ])
  const thread = talk && (await threadOf(people, talk, post.author_id))
  const neighbour = ({ slug, title, image }: Neighbour): PostNeighbour => ({
    href: postPath(person.username, slug),
    title: titleOf(title, t),
    image: image === null ? undefined : (JSON.parse(image) as ListImage),
  })
  const cover = coverOf(post)
  const tags = tagsOf(post).map(
    ({ name, slug }): TagLink => ({ name, href: tagPath(person.username, slug) }),
  )
  const props: PostPageProps = {
    t,
    locale,
    timeZone: person.timeZone,
    post: {
      title: post.title,
      lead: post.lead === '' ? undefined : post.lead,
      lang: post.lang === locale ? undefined : post.lang,
      publishedAt: post.published_at ?? undefined,
      minutes: post.minutes,
      cover,
      html: reading.html,
      toc: reading.toc,
      tags,
    },
    author: personLink(person),
    banner: bannerOf(post),
    editHref: isAuthor(actor, post) ? `/write/${post.id}` : undefined,
    comments: thread?.comments ?? [],
    mentions: thread?.mentions ?? [],
    previous: neighbours.previous && neighbour(neighbours.previous),
    next: neighbours.next && neighbour(neighbours.next),
    after: partsHtml(parts),
  }
  const shows = [subject, `user/${person.id}`, ...parts.flatMap((part) => part.shows ?? [])]
  if (post.listed_at !== null) shows.push(`blog/${person.id}`)
  return {
    kind: 'html',
    title: titleOf(post.title, t),
    html: renderView(h(PostPage, props)),
    ...(person.flavour === undefined ? {} : { flavour: person.flavour }),
    head: headOf(post, person, origin, t('blog.untitled')),
    ...(post.password === null ? keptFor(request, [...shows, ...(thread?.shows ?? [])]) : {}),
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

function bannerOf(post: ViewedPost): PostBanner | undefined {
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

function lockedPage(
  { app }: Pages,
  request: ModuleRequest<unknown>,
  post: ViewedPost,
  person: Person,
  wrong: boolean,
): HtmlPage {
  const { locale } = request
  const t = app.translator(locale)
  const html = renderView(
    h(LockedPost, {
      t,
      locale,
      timeZone: person.timeZone,
      title: post.title,
      author: personLink(person),
      publishedAt: post.published_at ?? post.created_at,
      action: postPath(person.username, post.slug),
      wrong,
    }),
  )
  return {
    kind: 'html',
    status: wrong ? 403 : 200,
    title: titleOf(post.title, t),
    html,
    ...(person.flavour === undefined ? {} : { flavour: person.flavour }),
    head: { noindex: true },
  }
}
