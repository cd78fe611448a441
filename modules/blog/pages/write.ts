import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, type PageResult, renderView } from '#core'
import { postPath } from '../announcement.ts'
import { cursorFrom, cursorText } from '../reading/cursor.ts'
import { blogErrors } from '../errors.ts'
import { type OwnRow, ownPosts } from '../reading/lists.ts'
import type { Person } from '../people.ts'
import { postAt } from '../reading/post-view.ts'
import { ownPost } from '../writing/posts.ts'
import type { OwnPost } from '../views/write-props.ts'
import { PostsList } from '../views/posts-list.tsx'
import type { Pages } from './listed.ts'
import { openPage } from './open-post.ts'
import { blankText, editPath, storedText, writePage } from './write-view.ts'
import { MAX_TITLE, oneLine } from './written-form.ts'

const PAGE_OWN = 50

/** `/write`: everything of one's own, what is unfinished first. */
export async function ownPostsPage(pages: Pages, request: ModuleRequest): Promise<HtmlPage> {
  const { app, blog } = pages
  const { locale, query } = request
  const t = app.translator(locale)
  const person = await writer(pages, request)
  const { reader } = blog.db
  const [draftsAfter, postsAfter] = [cursorFrom(query['drafts']), cursorFrom(query['cursor'])]
  const drafts = postsAfter
    ? { items: [], next: undefined }
    : await ownPosts(reader, person.id, ['draft', 'scheduled'], PAGE_OWN, draftsAfter)
  /* One list after the other, so that one button leads through both. */
  const posts = drafts.next
    ? { items: [], next: undefined }
    : await ownPosts(reader, person.id, ['published'], PAGE_OWN, postsAfter)
  const more = drafts.next
    ? { href: `/write?drafts=${cursorText(drafts.next)}` }
    : posts.next && { href: `/write?cursor=${cursorText(posts.next)}` }
  const html = renderView(
    h(PostsList, {
      t,
      locale,
      timeZone: person.timeZone,
      writeHref: '/write/new',
      drafts: drafts.items.map((post) => ownPostOf(post, person)),
      posts: posts.items.map((post) => ownPostOf(post, person)),
      more,
    }),
  )
  return { kind: 'html', title: t('blog.own'), html, active: '/write', head: { noindex: true } }
}

function ownPostOf(post: OwnRow, { username }: Person): OwnPost {
  return {
    id: post.id,
    editHref: editPath(post.id),
    title: post.title,
    excerpt: post.excerpt,
    state: post.status,
    hidden: post.hidden_why !== null,
    visibility: post.visibility === 'unlisted' ? 'unlisted' : 'public',
    updatedAt: post.updated_at,
    publishedAt: post.publish_at ?? post.published_at ?? undefined,
    href: post.status === 'published' ? postPath(username, post.slug) : undefined,
    words: post.words,
  }
}

/** `/write/new`; `?title=` is how it begins, and nothing is kept before somebody writes. */
export async function newPostPage(pages: Pages, request: ModuleRequest): Promise<HtmlPage> {
  const title = oneLine(request.query['title'] ?? '').slice(0, MAX_TITLE)
  return writePage(pages, request, blankText(await writer(pages, request), title))
}

/** `/write/:id` */
export async function editPostPage(pages: Pages, request: ModuleRequest): Promise<HtmlPage> {
  const { actor, params, query } = request
  const post = await ownPost(pages.blog.db.reader, actor?.id ?? '', params['id'] ?? '')
  const text = await storedText(pages, await writer(pages, request), post)
  return writePage(pages, request, { ...text, sheetOpen: query['sheet'] === 'open' })
}

/** `/write/:id/preview`: the post as its page will be. */
export async function previewPage(pages: Pages, request: ModuleRequest): Promise<PageResult> {
  const { actor, params } = request
  const { author_id, slug } = await ownPost(
    pages.blog.db.reader,
    actor?.id ?? '',
    params['id'] ?? '',
  )
  const found = await postAt(pages.blog.db, author_id, slug)
  if (found.kind !== 'post') throw blogErrors.QL_BLOG_POST_NOT_FOUND()
  return openPage(pages, request, found.post, await writer(pages, request))
}

/** The signed-in person; the policy of these pages lets nobody else in. */
export async function writer(
  { people }: Pages,
  { actor }: Pick<ModuleRequest, 'actor'>,
): Promise<Person> {
  const person = actor ? await people.withId(actor.id) : null
  if (person) return person
  throw blogErrors.QL_BLOG_POST_NOT_FOUND()
}
