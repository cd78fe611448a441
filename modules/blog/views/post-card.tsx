import type { VNode } from 'preact'
import { Icon } from '#core'
import { typeset } from '../document/render/typography.ts'
import { PostFacts, PostImage, type PostRowProps } from './post-row.tsx'

/** The post its author put first. */
export function PinnedCard(props: PostRowProps): VNode {
  const { t, post } = props
  return (
    <article class="pinned pressable">
      {post.image && (
        <PostImage
          image={post.image}
          look="pinned-image"
          sizes="(min-width: 1100px) 752px, 100vw"
          eager
        />
      )}
      <div class="pinned-words">
        <p class="pinned-mark">
          <Icon name="pin" size={18} />
          {t('blog.pinned')}
        </p>
        <h2>
          <a href={post.href}>{typeset(post.title) || t('blog.untitled')}</a>
        </h2>
        {post.excerpt && <p class="pinned-lead">{typeset(post.excerpt)}</p>}
        <PostFacts {...props} />
      </div>
    </article>
  )
}

/** A post in the view of cards; without a picture its words take the room. */
export function PostTile(props: PostRowProps): VNode {
  const { t, post } = props
  return (
    <article class={post.image ? 'post-tile pressable' : 'post-tile post-tile-bare pressable'}>
      {post.image && (
        <PostImage
          image={post.image}
          look="post-tile-image"
          sizes="(min-width: 700px) 360px, 100vw"
        />
      )}
      <h3>
        <a href={post.href}>{typeset(post.title) || t('blog.untitled')}</a>
      </h3>
      {post.excerpt && <p>{typeset(post.excerpt)}</p>}
      <PostFacts {...props} />
    </article>
  )
}
