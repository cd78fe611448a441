import type { VNode } from 'preact'
import { Avatar } from './avatar.tsx'
import { machineDate, shortDate } from './dates.ts'
import { Icon } from './icon.tsx'
import { MetaLine } from './meta-line.tsx'
import type { Speech } from './translate.ts'

/** A post as lists show it. Times are ISO 8601 in UTC. */
export type PostSummary = {
  readonly href: string
  readonly title: string
  readonly excerpt?: string | undefined
  readonly author: {
    readonly name: string
    readonly username: string
    readonly href: string
    readonly avatar?: string | undefined
  }
  readonly publishedAt: string
  readonly minutes: number
  readonly comments?: number | undefined
  readonly image?: PostImage | undefined
}

export type PostImage = {
  readonly src: string
  readonly width: number
  readonly height: number
  readonly alt: string
}

export type FreshPostsProps = Speech & {
  /** Newest first. With four the first is the lead and three stand beside it; fewer: lead only. */
  readonly posts: readonly PostSummary[]
  readonly timeZone: string
}

/** The newest posts of the station: one large, three in rows. Stands under a heading `h2`. */
export function FreshPosts(props: FreshPostsProps): VNode {
  const [lead, ...rest] = props.posts
  const rows = props.posts.length < 4 ? [] : rest.slice(0, 3)
  return (
    <div class={rows.length > 0 ? 'fresh' : 'fresh fresh-single'}>
      {lead && <FreshLead {...props} post={lead} />}
      {rows.length > 0 ? (
        <div class="fresh-rows">
          {rows.map((post) => (
            <FreshRow {...props} key={post.href} post={post} />
          ))}
        </div>
      ) : (
        <p class="fresh-quiet">{props.t('landing.quiet')}</p>
      )}
    </div>
  )
}

type OnePost = Speech & { readonly post: PostSummary; readonly timeZone: string }

function FreshLead(props: OnePost): VNode {
  const { post } = props
  return (
    <article class="fresh-lead pressable">
      {post.image && <Picture image={post.image} class="fresh-lead-image" />}
      <h3>
        <a href={post.href}>{post.title}</a>
      </h3>
      {post.excerpt && <p>{post.excerpt}</p>}
      <PostMeta {...props} />
    </article>
  )
}

function FreshRow(props: OnePost): VNode {
  const { post } = props
  return (
    <article class="fresh-row pressable">
      <div>
        <h3>
          <a href={post.href}>{post.title}</a>
        </h3>
        {post.excerpt && <p>{post.excerpt}</p>}
        <PostMeta {...props} />
      </div>
      {post.image && <Picture image={post.image} class="fresh-thumb" />}
    </article>
  )
}

function Picture({ image, class: look }: { image: PostImage; class: string }): VNode {
  return (
    <img
      class={look}
      src={image.src}
      width={image.width}
      height={image.height}
      alt={image.alt}
      loading="lazy"
      decoding="async"
    />
  )
}

/** Author, date, reading time and comments of a post in a list. */
export function PostMeta({ t, locale, post, timeZone }: OnePost): VNode {
  return (
    <MetaLine>
      <a class="meta-author" href={post.author.href}>
        <Avatar
          name={post.author.name}
          username={post.author.username}
          src={post.author.avatar}
          size={28}
        />
        <span>{post.author.name}</span>
      </a>
      <time datetime={machineDate(post.publishedAt)}>
        {shortDate(post.publishedAt, locale, timeZone)}
      </time>
      <span class="meta-minutes">{t('post.minutes', { count: post.minutes })}</span>
      {post.comments !== undefined && post.comments > 0 && (
        <span class="meta-icon">
          <Icon name="message-square" size={16} label={t('post.comments')} />
          {post.comments}
        </span>
      )}
    </MetaLine>
  )
}
