import type { VNode } from 'preact'
import { monthAndYear, Pagination } from '#core'
import { PostTile } from './post-card.tsx'
import { PostRow } from './post-row.tsx'
import type { ListedPost, ListView, More, PageSpeech } from './props.ts'

export type PostListProps = PageSpeech & {
  readonly posts: readonly ListedPost[]
  readonly view: ListView
  readonly more?: More | undefined
}

/** Posts under their months, as rows or as cards, and the way to the next ones. */
export function PostList(props: PostListProps): VNode {
  const { t, more, view } = props
  const Post = view === 'cards' ? PostTile : PostRow
  return (
    <>
      {byMonth(props).map(({ title, posts }) => (
        <section key={title} class="month">
          <h2 class="month-title">{title}</h2>
          <div class={view === 'cards' ? 'post-tiles' : 'post-rows'}>
            {posts.map((post) => (
              <Post
                key={post.href}
                t={t}
                locale={props.locale}
                timeZone={props.timeZone}
                post={post}
                kind="dated"
              />
            ))}
          </div>
        </section>
      ))}
      {more && <Pagination href={more.href} label={moreLabel(props, more)} />}
    </>
  )
}

type Month = { readonly title: string; readonly posts: ListedPost[] }

/** The posts are sorted, so a month ends where its name changes. */
function byMonth({ posts, locale, timeZone }: PostListProps): readonly Month[] {
  const months: Month[] = []
  for (const post of posts) {
    const title = monthAndYear(post.publishedAt, locale, timeZone)
    const last = months.at(-1)
    if (last?.title === title) last.posts.push(post)
    else months.push({ title, posts: [post] })
  }
  return months
}

function moreLabel({ t }: PostListProps, { left }: More): string {
  return left === undefined ? t('blog.more') : t('blog.moreCount', { count: left })
}
