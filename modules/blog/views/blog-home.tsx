import type { VNode } from 'preact'
import { Avatar, EmptyState, Icon, LinkButton } from '#core'
import { typeset } from '../document/render/typography.ts'
import { BlogAside } from './blog-aside.tsx'
import { BlogTools } from './blog-tools.tsx'
import { PinnedCard } from './post-card.tsx'
import { PostList } from './post-list.tsx'
import { PostImage } from './post-row.tsx'
import type { BlogHomeProps } from './blog-props.ts'

/** A person's blog: who writes here, and everything they have published. */
export function BlogHome(props: BlogHomeProps): VNode {
  const { cover, pinned } = props
  const isEmpty = props.posts.length === 0 && pinned === undefined
  return (
    <div class="blog">
      <div class={cover ? 'cover' : 'cover cover-plain'}>
        {cover && <PostImage image={cover} look="cover-image" sizes="100vw" eager />}
      </div>
      <div class="blog-column">
        <BlogHead {...props} />
        {isEmpty ? (
          <EmptyBlog {...props} />
        ) : (
          <>
            <BlogTools {...props} />
            <div class="blog-columns">
              <div class="blog-posts">
                {pinned && <PinnedCard {...props} post={pinned} />}
                <PostList {...props} />
              </div>
              <BlogAside {...props} />
            </div>
          </>
        )}
      </div>
    </div>
  )
}

function BlogHead(props: BlogHomeProps): VNode {
  const { t, person, postCount, own } = props
  return (
    <header class="blog-head">
      <div class="blog-portrait">
        <Avatar name={person.name} username={person.username} src={person.avatar} size={136} />
      </div>
      <div class="blog-who">
        <h1>{person.name}</h1>
        <p class="blog-facts">
          <span>@{person.username}</span>
          {person.place && (
            <span class="meta-icon">
              <Icon name="map-pin" size={18} />
              {person.place}
            </span>
          )}
          {person.since && <span>{sinceText(props, person.since)}</span>}
        </p>
        {person.bio && <p class="blog-bio">{typeset(person.bio)}</p>}
        {postCount > 0 && (
          <p class="blog-count">
            <strong>{postCount}</strong> {t('blog.postsWord', { count: postCount })}
          </p>
        )}
      </div>
      {own && (
        <div class="blog-actions">
          {own.drafts > 0 && (
            <LinkButton href={own.draftsHref}>
              {t('blog.draftsCount', { count: own.drafts })}
            </LinkButton>
          )}
          <LinkButton href={own.writeHref} kind="primary" icon="square-pen">
            {t('blog.new')}
          </LinkButton>
        </div>
      )}
    </header>
  )
}

function sinceText({ t }: BlogHomeProps, since: string): string {
  return t('blog.since', { month: `m${Number(since.slice(5, 7))}`, year: since.slice(0, 4) })
}

function EmptyBlog({ t, person, own }: BlogHomeProps): VNode {
  if (own === undefined) {
    return (
      <EmptyState
        icon="file-text"
        title={t('blog.empty', { name: person.name })}
        text={t('blog.empty.text')}
      />
    )
  }
  return (
    <EmptyState
      icon="square-pen"
      title={t('blog.emptyOwn')}
      text={t('blog.emptyOwn.text')}
      action={
        own.drafts > 0
          ? { href: own.draftsHref, label: t('blog.emptyOwn.drafts', { count: own.drafts }) }
          : { href: own.writeHref, label: t('blog.emptyOwn.write') }
      }
    />
  )
}
