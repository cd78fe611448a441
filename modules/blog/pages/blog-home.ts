import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, monthAndYear, renderView } from '#core'
import { cursorFrom } from '../reading/cursor.ts'
import { blogErrors } from '../errors.ts'
import { postMonths, type CountedMonth } from '../writing/listing.ts'
import { countUnpublished, type ListPart, listPosts, pinnedPost } from '../reading/lists.ts'
import type { Person } from '../people.ts'
import { findTag, usedTags } from '../writing/tags.ts'
import { BlogHome } from '../views/blog-home.tsx'
import type { ArchiveMonth, BlogHomeProps, BlogPart, OwnBlog } from '../views/blog-props.ts'
import type { ListView } from '../views/props.ts'
import { TagPage } from '../views/tag-page.tsx'
import {
  blogPath,
  feedHead,
  feedLinks,
  keptFor,
  listedPost,
  moreOf,
  PAGE_POSTS,
  type Pages,
  personLink,
  tagPath,
} from './listed.ts'

const MAX_TAGS = 60
const ARCHIVE_MONTHS = 12

/** `/user/:username/blog` */
export async function blogHomePage(pages: Pages, request: ModuleRequest): Promise<HtmlPage> {
  const person = await blogOwner(pages, request)
  const pinned = await pinnedPost(pages.blog.db.reader, person.id)
  const props = await partProps(pages, request, person, pinned ? { except: pinned.id } : {})
  const isFirst = request.query['cursor'] === undefined
  const full: BlogHomeProps =
    pinned && isFirst ? { ...props, pinned: listedPost(pinned, person, false) } : props
  return pageOf(request, person, {
    title: person.name,
    html: renderView(h(BlogHome, full)),
    path: blogPath(person.username),
    ...(person.bio === undefined ? {} : { description: person.bio }),
  })
}

/** `/user/:username/blog/tag/:tag` */
export async function tagPage(pages: Pages, request: ModuleRequest): Promise<HtmlPage> {
  const person = await blogOwner(pages, request)
  const slug = request.params['tag'] ?? ''
  const tag = await findTag(pages.blog.db.reader, person.id, slug)
  if (!tag) throw blogErrors.QL_BLOG_PART_NOT_FOUND()
  const part = { kind: 'tag', name: tag.name, count: tag.post_count } as const
  const path = tagPath(person.username, slug)
  const props = await partProps(pages, request, person, { tag: slug }, part)
  return pageOf(request, person, {
    title: `#${tag.name} · ${person.name}`,
    html: renderView(h(TagPage, { ...props, part })),
    path,
    feedBase: path,
  })
}

/** `/user/:username/blog/archive/:month` */
export async function monthPage(pages: Pages, request: ModuleRequest): Promise<HtmlPage> {
  const person = await blogOwner(pages, request)
  const month = request.params['month'] ?? ''
  const months = await postMonths(pages.blog.db.reader, person.id)
  const count = months.find((each) => each.month === month)?.post_count
  if (count === undefined) throw blogErrors.QL_BLOG_PART_NOT_FOUND()
  const part = { kind: 'month', month, count } as const
  const props = await partProps(pages, request, person, { month }, part)
  const name = monthAndYear(`${month}-15T12:00:00Z`, request.locale, 'UTC')
  return pageOf(request, person, {
    title: `${name} · ${person.name}`,
    html: renderView(h(TagPage, { ...props, part })),
    path: `${blogPath(person.username)}/archive/${month}`,
  })
}

/** @throws QL_BLOG_BLOG_NOT_FOUND when nobody has this name, or the person is not public. */
export async function blogOwner(
  { people }: Pick<Pages, 'people'>,
  { params, actor }: Pick<ModuleRequest, 'params' | 'actor'>,
): Promise<Person> {
  const person = await people.named(params['username'] ?? '')
  if (person && (person.id === actor?.id || (await people.mayPublish(person.id)))) return person
  throw blogErrors.QL_BLOG_BLOG_NOT_FOUND()
}

async function partProps(
  { blog, app }: Pages,
  request: ModuleRequest,
  person: Person,
  only: ListPart,
  part?: BlogPart,
): Promise<BlogHomeProps> {
  const { locale, query, path } = request
  const { reader } = blog.db
  const after = cursorFrom(query['cursor'])
  const slice = await listPosts(reader, { ...only, authorId: person.id }, PAGE_POSTS, after)
  const [months, tags] = await Promise.all([
    postMonths(reader, person.id),
    usedTags(reader, person.id, MAX_TAGS),
  ])
  const postCount = months.reduce((sum, { post_count }) => sum + post_count, 0)
  const total = (part?.count ?? postCount) - (only.except === undefined ? 0 : 1)
  const view: ListView = query['view'] === 'cards' ? 'cards' : 'list'
  const viewQuery = view === 'cards' ? { view } : {}
  const left = after ? undefined : total - slice.items.length
  const home = blogPath(person.username)
  return {
    t: app.translator(locale),
    locale,
    timeZone: person.timeZone,
    person: { ...personLink(person), ...beginning(months) },
    own: await ownPart(reader, request, person),
    postCount,
    tags: tags.map(({ slug, name, post_count }) => ({
      name,
      href: tagPath(person.username, slug),
      count: post_count,
    })),
    part,
    view,
    viewHrefs: { list: path, cards: `${path}?view=cards` },
    posts: slice.items.map((post) => listedPost(post, person, false)),
    more: moreOf(path, viewQuery, slice, left),
    feeds: feedLinks(part?.kind === 'tag' ? path : home),
    archive: lastMonths(months, app.clock.now(), home),
  }
}

async function ownPart(
  reader: Pages['blog']['db']['reader'],
  { actor }: ModuleRequest,
  person: Person,
): Promise<OwnBlog | undefined> {
  if (actor?.id !== person.id) return undefined
  const drafts = await countUnpublished(reader, person.id)
  return { writeHref: '/write/new', draftsHref: '/write', drafts }
}

/** When the first of the listed posts was published. */
function beginning(months: readonly CountedMonth[]): { readonly since?: string } {
  const first = months.at(-1)
  return first ? { since: `${first.month}-01T00:00:00.000Z` } : {}
}

function lastMonths(
  months: readonly CountedMonth[],
  now: Date,
  home: string,
): readonly ArchiveMonth[] {
  const counts = new Map(months.map(({ month, post_count }) => [month, post_count]))
  return Array.from({ length: ARCHIVE_MONTHS }, (_, index) => {
    const back = ARCHIVE_MONTHS - 1 - index
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back))
      .toISOString()
      .slice(0, 7)
    const count = counts.get(month) ?? 0
    return { month, count, href: count === 0 ? undefined : `${home}/archive/${month}` }
  })
}

interface BlogPage {
  readonly title: string
  readonly html: string
  readonly path: string
  readonly description?: string
  /** The part has feeds of its own. */
  readonly feedBase?: string
}

function pageOf(request: ModuleRequest, person: Person, page: BlogPage): HtmlPage {
  const { title, html, path, description, feedBase = blogPath(person.username) } = page
  return {
    kind: 'html',
    title,
    html,
    ...(person.flavour === undefined ? {} : { flavour: person.flavour }),
    head: {
      ...(description === undefined ? {} : { description }),
      canonical: `${request.origin}${path}`,
      feeds: feedHead(feedLinks(feedBase), title),
      ogType: 'website',
      noindex: request.query['cursor'] !== undefined,
    },
    ...keptFor(request, [`blog/${person.id}`, `user/${person.id}`]),
  }
}
