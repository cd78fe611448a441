import type { VNode } from 'preact'
import { EmptyState, PageHeading } from '#core'
import { Feeds } from './blog-aside.tsx'
import { PostList } from './post-list.tsx'
import type { AllPostsProps } from './props.ts'

/** Everything published on the station, or what carries one tag. */
export function AllPosts(props: AllPostsProps): VNode {
  const { t, tag, posts, feeds } = props
  return (
    <div class="blog blog-part">
      <div class="blog-column">
        <div class="blog-columns">
          <div class="blog-posts">
            <PageHeading title={tag === undefined ? t('blog.allPosts') : `#${tag}`} />
            {posts.length === 0 && (
              <EmptyState
                icon="file-text"
                title={t('blog.emptyStation')}
                text={t('blog.emptyStation.text')}
              />
            )}
            <PostList {...props} view="list" />
          </div>
          {feeds && (
            <aside class="blog-aside">
              <Feeds t={t} feeds={feeds} />
            </aside>
          )}
        </div>
      </div>
    </div>
  )
}
