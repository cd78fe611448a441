import type { VNode } from 'preact'
import { EmptyState, fullDate, LinkButton, machineDate, PageHeading, Pagination } from '#core'
import type { OwnPost, PostsListProps } from './write-props.ts'

/** Everything a person has written: what is unfinished first. */
export function PostsList(props: PostsListProps): VNode {
  const { t, drafts, posts, more, writeHref } = props
  const isEmpty = drafts.length + posts.length === 0
  return (
    <div class="own-posts">
      <PageHeading
        title={t('blog.own')}
        actions={
          isEmpty ? undefined : (
            <LinkButton href={writeHref} kind="primary" icon="square-pen">
              {t('blog.new')}
            </LinkButton>
          )
        }
      />
      {isEmpty && (
        <EmptyState
          icon="square-pen"
          title={t('blog.emptyOwn')}
          text={t('blog.emptyOwn.text')}
          action={{ href: writeHref, label: t('blog.emptyOwn.write') }}
        />
      )}
      {drafts.length > 0 && <OwnSection {...props} title={t('blog.own.drafts')} list={drafts} />}
      {posts.length > 0 && <OwnSection {...props} title={t('blog.own.published')} list={posts} />}
      {more && (
        <Pagination
          href={more.href}
          label={
            more.left === undefined ? t('blog.more') : t('blog.moreCount', { count: more.left })
          }
        />
      )}
    </div>
  )
}

type SectionProps = PostsListProps & { readonly title: string; readonly list: readonly OwnPost[] }

function OwnSection(props: SectionProps): VNode {
  return (
    <section class="month">
      <h2 class="month-title">{props.title}</h2>
      {props.list.map((post) => (
        <OwnRow key={post.id} {...props} post={post} />
      ))}
    </section>
  )
}

function OwnRow({ t, locale, timeZone, post }: PostsListProps & { readonly post: OwnPost }): VNode {
  const { state, href } = post
  const at = state === 'draft' ? post.updatedAt : (post.publishedAt ?? post.updatedAt)
  const date = fullDate(at, locale, timeZone)
  return (
    <article class="post-row own-row pressable">
      <div class="post-row-words">
        <h3>
          <a href={post.editHref}>{post.title || t('blog.untitled')}</a>
        </h3>
        {post.excerpt && <p>{post.excerpt}</p>}
        <div class="meta">
          <time datetime={machineDate(at)}>
            {state === 'published' ? date : t(`blog.own.${state}`, { date })}
          </time>
          <span>{t('blog.write.words', { count: post.words })}</span>
          {post.visibility === 'unlisted' && <span>{t('blog.own.unlisted')}</span>}
          {state === 'scheduled' && (
            <span class="state state-warn">{t('blog.state.scheduled')}</span>
          )}
          {post.hidden && <span class="state state-bad">{t('blog.own.hidden')}</span>}
          {href !== undefined && state === 'published' && (
            <a class="own-open" href={href}>
              {t('blog.own.open')}
            </a>
          )}
        </div>
      </div>
    </article>
  )
}
