import type { ComponentChildren, VNode } from 'preact'
import { Avatar, Chip, Icon, LinkButton, TrustedHtml } from '#core'
import { typeset } from '../document/render/typography.ts'
import { PostImage } from './post-row.tsx'
import type { PostNeighbour, PostPageProps } from './post-props.ts'

type AfterPostProps = PostPageProps & { readonly children?: ComponentChildren }

/** What stands under the text: tags, modules' parts, the author, the conversation, neighbours. */
export function AfterPost(props: AfterPostProps): VNode {
  const { t, post, previous, next, after } = props
  return (
    <footer class="post-end">
      {post.tags.length > 0 && (
        <nav class="post-tags" aria-label={t('blog.tags')}>
          {post.tags.map((tag) => (
            <Chip key={tag.href} href={tag.href}>
              {tag.name}
            </Chip>
          ))}
        </nav>
      )}
      {after && <TrustedHtml class="post-after" html={after} />}
      <AuthorCard {...props} />
      {props.children}
      {(previous ?? next) && (
        <nav class="neighbours" aria-label={t('blog.neighbours')}>
          {previous && <Neighbour post={previous} kind="previous" label={t('blog.previous')} />}
          {next && <Neighbour post={next} kind="next" label={t('blog.next')} />}
        </nav>
      )}
    </footer>
  )
}

function AuthorCard({ t, author }: PostPageProps): VNode {
  return (
    <section class="author-card" aria-label={t('blog.author')}>
      <Avatar name={author.name} username={author.username} src={author.avatar} size={72} />
      <div>
        <p class="author-name">{author.name}</p>
        {author.bio && <p class="author-bio">{typeset(author.bio)}</p>}
      </div>
      <LinkButton href={author.href} kind="soft">
        {t('blog.allPosts')}
      </LinkButton>
    </section>
  )
}

type NeighbourProps = {
  readonly post: PostNeighbour
  readonly kind: 'previous' | 'next'
  readonly label: string
}

function Neighbour({ post, kind, label }: NeighbourProps): VNode {
  const isPrevious = kind === 'previous'
  return (
    <a class={`neighbour neighbour-${kind}`} href={post.href} rel={isPrevious ? 'prev' : 'next'}>
      {post.image && <PostImage image={post.image} look="neighbour-image" sizes="148px" />}
      <span class="neighbour-words">
        <span class="neighbour-label">
          {isPrevious && <Icon name="arrow-left" size={18} />}
          {label}
          {!isPrevious && <Icon name="arrow-right" size={18} />}
        </span>
        <span class="neighbour-title">{typeset(post.title)}</span>
      </span>
    </a>
  )
}
