import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, type PageResult, renderView } from '#core'
import { postPath } from '../announcement.ts'
import { blogErrors } from '../errors.ts'
import { fitsPassword } from '../password.ts'
import type { Person } from '../people.ts'
import { canRead, canSee, isStaff } from '../policy.ts'
import { postAt, type ViewedPost } from '../reading/post-view.ts'
import { LockedPost } from '../views/locked-post.tsx'
import { blogOwner } from './blog-home.ts'
import { type Pages, personLink, titleOf } from './listed.ts'
import { openPage } from './open-post.ts'

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
async function visiblePost(pages: Pages, request: ModuleRequest): Promise<Found> {
  const person = await authorFor(pages, request)
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

/** Staff read what a block of its author hides, to decide on it. */
async function authorFor(pages: Pages, request: ModuleRequest): Promise<Person> {
  const { actor, params } = request
  const person = isStaff(actor) ? await pages.people.named(params['username'] ?? '') : null
  return person ?? blogOwner(pages, request)
}

function lockedPage(
  { app }: Pages,
  request: ModuleRequest,
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
