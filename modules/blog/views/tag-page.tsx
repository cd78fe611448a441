import type { VNode } from 'preact'
import { Avatar, EmptyState, monthAndYear } from '#core'
import { BlogAside } from './blog-aside.tsx'
import { BlogTools } from './blog-tools.tsx'
import { PostList } from './post-list.tsx'
import type { TagPageProps } from './blog-props.ts'

/** A part of a blog: the posts with one tag, or of one month. */
export function TagPage(props: TagPageProps): VNode {
  const { t, part, person } = props
  return (
    <div class="blog blog-part">
      <div class="blog-column">
        <header class="part-head">
          <a class="crumb" href={person.href}>
            <Avatar name={person.name} username={person.username} src={person.avatar} size={24} />
            {person.name}
          </a>
          <h1>{titleOf(props)}</h1>
          <p>{t('blog.postsCount', { count: part.count })}</p>
        </header>
        <BlogTools {...props} />
        <div class="blog-columns">
          <div class="blog-posts">
            {props.posts.length === 0 && (
              <EmptyState
                icon="tag"
                title={t('blog.emptyPart')}
                action={{ href: person.href, label: t('blog.allPosts') }}
              />
            )}
            <PostList {...props} />
          </div>
          <BlogAside {...props} />
        </div>
      </div>
    </div>
  )
}

function titleOf({ part, locale }: TagPageProps): string {
  if (part.kind === 'tag') return `#${part.name}`
  return monthAndYear(`${part.month}-15T12:00:00Z`, locale, 'UTC')
}
