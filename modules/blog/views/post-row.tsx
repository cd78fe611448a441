import type { VNode } from 'preact'
import { fullDate, Icon, type Locale, shortDate } from '#core'
import { typeset } from '../document/render/typography.ts'
import type { ListedPost, PageSpeech, Picture } from './props.ts'
import { remembered } from './remembered.ts'

const dayAlone = remembered(4_000, (locale, timeZone, at) =>
  fullDate(at, locale as Locale, timeZone),
)
const dayOfMonth = remembered(4_000, (locale, timeZone, at) =>
  shortDate(at, locale as Locale, timeZone, at),
)

export type PostRowProps = PageSpeech & {
  readonly post: ListedPost
  /** `dated`: the year stands in a heading above, so that the row needs only the day. */
  readonly kind?: 'dated' | 'alone' | undefined
}

/** One post of a list: words, and a small picture where the post has one. */
export function PostRow(props: PostRowProps): VNode {
  const { post } = props
  return (
    <article class="post-row pressable">
      <div class="post-row-words">
        <h3>
          <a href={post.href}>{typeset(post.title) || props.t('blog.untitled')}</a>
        </h3>
        {post.excerpt && <p>{typeset(post.excerpt)}</p>}
        <PostFacts {...props} />
      </div>
      {post.image && <PostImage image={post.image} look="post-row-image" sizes="152px" />}
    </article>
  )
}

/** Day, minutes, tags and comments in one line. */
export function PostFacts({ t, locale, timeZone, post, kind }: PostRowProps): VNode {
  const { publishedAt: at, author, comments } = post
  const day = kind === 'dated' ? dayOfMonth : dayAlone
  return (
    <div class="meta">
      {author && (
        <a class="post-by" href={author.href}>
          {author.name}
        </a>
      )}
      <time datetime={at}>{day(locale, timeZone, at)}</time>
      <span class="meta-minutes">{t('blog.minutes', { count: post.minutes })}</span>
      {post.tags.map((tag) => (
        <a key={tag.href} class="hashtag" href={tag.href}>
          {tag.name}
        </a>
      ))}
      {post.locked && (
        <span class="meta-icon">
          <Icon name="key-round" size={16} />
          {t('blog.withPassword')}
        </span>
      )}
      {comments !== undefined && comments > 0 && (
        <span class="meta-icon">
          <Icon name="message-square" size={16} label={t('blog.comments')} />
          {comments}
        </span>
      )}
    </div>
  )
}

type PostImageProps = {
  readonly image: Picture
  readonly look: string
  readonly sizes: string
  /** On the first screen: not put off until the reader scrolls. */
  readonly eager?: boolean | undefined
}

export function PostImage({ image, look, sizes, eager }: PostImageProps): VNode {
  return (
    <img
      class={look}
      src={image.src}
      srcset={image.srcset}
      sizes={image.srcset === undefined ? undefined : sizes}
      width={image.width}
      height={image.height}
      alt={image.alt}
      loading={eager ? undefined : 'lazy'}
      fetchpriority={eager ? 'high' : undefined}
      decoding="async"
    />
  )
}
