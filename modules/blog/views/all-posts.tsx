import type { VNode } from 'preact'
import { EmptyState, PageHeading } from '#core'
import { Feeds } from './blog-aside.tsx'
import { PostList } from './post-list.tsx'
import type { AllPostsProps } from './blog-props.ts'

/** Everything published on the station, or what carries one tag. */
export function AllPosts(props: AllPostsProps): VNode {
  const { t, tag, posts, feeds, choice } = props
  return (
    <div class="blog blog-part">
      <div class="blog-column">
        <div class="blog-columns">
          <div class="blog-posts">
            <PageHeading title={tag === undefined ? t('blog.allPosts') : `#${tag}`} />
            {choice !== undefined && <Choice t={t} choice={choice} />}
            {posts.length === 0 && <Nothing t={t} choice={choice} />}
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

type ChoiceProps = Pick<AllPostsProps, 't' | 'choice'>

/** Everybody, or those whom the reader follows. */
function Choice({ t, choice }: ChoiceProps): VNode {
  const places = [
    { id: 'all', href: '/posts' },
    { id: 'followed', href: '/posts?from=followed' },
  ]
  return (
    <nav class="profile-tabs" aria-label={t('blog.choice')}>
      {places.map(({ id, href }) => (
        <a key={id} href={href} aria-current={id === choice ? 'page' : undefined}>
          {t(`blog.choice.${id}`)}
        </a>
      ))}
    </nav>
  )
}

function Nothing({ t, choice }: ChoiceProps): VNode {
  const [title, text] =
    choice === 'followed'
      ? ['blog.emptyFollowed', 'blog.emptyFollowed.text']
      : ['blog.emptyStation', 'blog.emptyStation.text']
  return <EmptyState icon="file-text" title={t(title)} text={t(text)} />
}
