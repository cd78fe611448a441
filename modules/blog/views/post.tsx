import type { VNode } from 'preact'
import { Avatar, fullDate, LinkButton, machineDate, Notice, timeOfDay, TrustedHtml } from '#core'
import { typeset } from '../document/render/typography.ts'
import { HiddenNotice } from './hidden-notice.tsx'
import { AfterPost } from './post-end.tsx'
import { PostImage } from './post-row.tsx'
import { hasContents, TocColumn, TocFold } from './post-toc.tsx'
import type { PostBanner, PostCover, PostPageProps } from './post-props.ts'
import { Thread } from './thread.tsx'

/** One post from its title to the conversation under it. */
export function PostPage(props: PostPageProps): VNode {
  const { post } = props
  const isLong = hasContents(post.toc)
  return (
    <article class="post" lang={post.lang}>
      <PostHead {...props} />
      {post.cover && <Cover cover={post.cover} />}
      <div class="post-text">
        {isLong && <TocColumn t={props.t} toc={post.toc} />}
        <div class="post-column">
          {isLong && <TocFold t={props.t} toc={post.toc} />}
          <TrustedHtml class="post-body" html={post.html} />
        </div>
      </div>
      <AfterPost {...props}>
        <Thread {...props} />
      </AfterPost>
    </article>
  )
}

function PostHead(props: PostPageProps): VNode {
  const { t, post, author, banner } = props
  const [tag] = post.tags
  return (
    <header class="post-head">
      {banner && <Banner {...props} banner={banner} />}
      <nav class="crumbs" aria-label={t('blog.crumbs')}>
        <a class="crumb" href={author.href}>
          <Avatar name={author.name} username={author.username} src={author.avatar} size={24} />
          {author.name}
        </a>
        {tag && (
          <a class="crumb" href={tag.href}>
            {tag.name}
          </a>
        )}
      </nav>
      <h1>{typeset(post.title) || t('blog.untitled')}</h1>
      {post.lead && <p class="post-lead">{typeset(post.lead)}</p>}
      <Byline {...props} />
    </header>
  )
}

function Byline({ t, locale, timeZone, post, author, editHref }: PostPageProps): VNode {
  const minutes = t('blog.minutes', { count: post.minutes })
  return (
    <div class="byline">
      <Avatar name={author.name} username={author.username} src={author.avatar} size={48} />
      <div class="byline-words">
        <a class="byline-name" href={author.href} rel="author">
          {author.name}
        </a>
        <p class="byline-facts">
          {post.publishedAt !== undefined && (
            <>
              <time datetime={machineDate(post.publishedAt)}>
                {fullDate(post.publishedAt, locale, timeZone)}
              </time>
              {' · '}
            </>
          )}
          {minutes}
        </p>
      </div>
      {editHref !== undefined && (
        <LinkButton href={editHref} icon="pencil" size="s" class="byline-edit">
          {t('blog.edit')}
        </LinkButton>
      )}
    </div>
  )
}

function Banner({
  t,
  locale,
  timeZone,
  banner,
}: PostPageProps & { readonly banner: PostBanner }): VNode {
  if (banner.kind === 'hidden') return <HiddenNotice t={t} {...banner} />
  const values =
    banner.kind === 'scheduled'
      ? {
          date: fullDate(banner.at, locale, timeZone),
          time: timeOfDay(banner.at, locale, timeZone),
        }
      : undefined
  return (
    <Notice kind="info" title={t(`blog.banner.${banner.kind}`, values)}>
      <p>{t(`blog.banner.${banner.kind}.text`)}</p>
    </Notice>
  )
}

function Cover({ cover }: { readonly cover: PostCover }): VNode {
  return (
    <figure class="post-cover">
      <PostImage
        image={cover}
        look="post-cover-image"
        sizes="(min-width: 1256px) 1176px, 100vw"
        eager
      />
      {cover.caption && <figcaption>{typeset(cover.caption)}</figcaption>}
    </figure>
  )
}
