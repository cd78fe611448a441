import type { VNode } from 'preact'
import { Avatar, type Locale, renderView, shortDate, TrustedHtml } from '#core'
import type { HiddenNote } from './props.ts'
import type { PostPageProps, ThreadComment, ThreadMention } from './post-props.ts'
import { remembered } from './remembered.ts'

/** Without the year while it is the year of the post. */
const dayNear = remembered(4_000, (locale, timeZone, postAt, at) =>
  shortDate(at, locale as Locale, timeZone, postAt),
)

/** The same few people speak under the posts of a blog. */
const portraitOf = remembered(1_000, (size, avatar, name, username) =>
  renderView(
    <Avatar
      name={name}
      username={username}
      src={avatar === '' ? undefined : avatar}
      size={size === '40' ? 40 : 32}
    />,
  ),
)

/** The conversation under a post, to be read. Nothing is drawn where nobody has spoken. */
export function Thread(props: PostPageProps): VNode | null {
  const { t, comments, mentions } = props
  if (comments.length === 0 && mentions.length === 0) return null
  return (
    <section class="thread" id="comments">
      {comments.length > 0 && (
        <>
          <h2>
            {t('blog.conversation')} <span class="thread-count">{comments.length}</span>
          </h2>
          <ol class="comments">{comments.map((comment) => commentItem(props, comment))}</ol>
        </>
      )}
      {mentions.length > 0 && (
        <>
          <h3 class="mentions-title">{t('blog.mentions')}</h3>
          <ul class="mentions">{mentions.map((mention) => mentionItem(props, mention))}</ul>
        </>
      )}
    </section>
  )
}

/** A plain function: a hundred comments are drawn with each page that has them. */
function commentItem(props: PostPageProps, comment: ThreadComment): VNode {
  const { id, depth, href, name } = comment
  const isReply = depth > 0
  const portrait = portraitOf(isReply ? '32' : '40', comment.avatar ?? '', name, comment.username)
  return (
    <li key={id} id={`comment-${id}`} class={isReply ? 'comment reply' : 'comment'}>
      <TrustedHtml html={portrait} />
      <div class="comment-main">
        <p class="comment-head">
          {href === undefined ? (
            <b>{name}</b>
          ) : (
            <a class="comment-name" href={href} rel={relOf(href)}>
              {name}
            </a>
          )}
          {comment.isAuthor && <span class="comment-badge">{props.t('blog.isAuthor')}</span>}
          {depth > 1 && comment.replyTo !== undefined && (
            <span class="comment-to">→ {comment.replyTo}</span>
          )}
          {timeOf(props, comment.at)}
          {comment.reportHref !== undefined && (
            <a class="comment-report" href={comment.reportHref} rel="nofollow">
              {props.t('blog.comment.report')}
            </a>
          )}
        </p>
        {comment.hidden && <HiddenComment t={props.t} note={comment.hidden} />}
        <TrustedHtml class="comment-text" html={comment.html} />
      </div>
    </li>
  )
}

function HiddenComment({
  t,
  note,
}: {
  readonly t: PostPageProps['t']
  readonly note: HiddenNote
}): VNode {
  return (
    <p class="comment-hidden">
      {t('blog.comment.hidden')}
      {note.why !== undefined && ` ${note.why}.`}
      {note.page !== undefined && (
        <>
          {' '}
          <a href={note.page}>{t('blog.hidden.more')}</a>
        </>
      )}
    </p>
  )
}

function mentionItem(props: PostPageProps, { id, title, href, site, at }: ThreadMention): VNode {
  return (
    <li key={id} id={`comment-${id}`}>
      {href === undefined ? (
        <span>{title}</span>
      ) : (
        <a href={href} rel={relOf(href)}>
          {title}
        </a>
      )}
      <span class="mention-facts">
        {site !== undefined && <span>{site}</span>}
        {timeOf(props, at)}
      </span>
    </li>
  )
}

function timeOf({ locale, timeZone, post }: PostPageProps, at: string): VNode {
  return <time datetime={at}>{dayNear(locale, timeZone, post.publishedAt ?? at, at)}</time>
}

/** Commenters choose their addresses themselves, so the station does not vouch for them. */
function relOf(href: string): string | undefined {
  return href.startsWith('/') ? undefined : 'ugc nofollow noopener'
}
