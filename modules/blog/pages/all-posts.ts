import { h } from 'preact'
import { type HtmlPage, type ModuleRequest, renderView } from '#core'
import { cursorFrom } from '../reading/cursor.ts'
import { listPosts } from '../reading/lists.ts'
import { AllPosts } from '../views/all-posts.tsx'
import {
  feedHead,
  feedLinks,
  keptFor,
  listedByMany,
  moreOf,
  PAGE_POSTS,
  type Pages,
} from './listed.ts'

/** `/posts`: what everybody on the station has published. */
export async function allPostsPage(
  { app, blog, people }: Pages,
  request: ModuleRequest,
): Promise<HtmlPage> {
  const { actor, locale, query, origin } = request
  const t = app.translator(locale)
  const isFollowed = actor !== null && query['from'] === 'followed'
  const part = isFollowed ? { authorIds: await people.followedBy(actor.id) } : {}
  const slice = await listPosts(blog.db.reader, part, PAGE_POSTS, cursorFrom(query['cursor']))
  const feeds = feedLinks('')
  const html = renderView(
    h(AllPosts, {
      t,
      locale,
      timeZone: 'UTC',
      posts: await listedByMany(people, slice.items),
      more: moreOf('/posts', isFollowed ? { from: 'followed' } : {}, slice),
      choice: actor === null ? undefined : isFollowed ? 'followed' : 'all',
      feeds,
    }),
  )
  const authors = new Set(slice.items.map(({ author_id }) => `user/${author_id}`))
  return {
    kind: 'html',
    title: t('blog.allPosts'),
    html,
    active: '/posts',
    head: {
      canonical: `${origin}/posts`,
      feeds: feedHead(feeds, t('blog.allPosts')),
      noindex: query['cursor'] !== undefined,
    },
    ...keptFor(request, ['posts', ...authors]),
  }
}
