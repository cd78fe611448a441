import type { VNode } from 'preact'
import { Avatar, Button, Field, fullDate, Icon, machineDate } from '#core'
import type { LockedPostProps } from './post-props.ts'

/** Asks for the password of one post; of the post itself only the title is known here. */
export function LockedPost(props: LockedPostProps): VNode {
  const { t, locale, timeZone, author } = props
  return (
    <article class="post post-locked">
      <header class="post-head">
        <nav class="crumbs" aria-label={t('blog.crumbs')}>
          <a class="crumb" href={author.href}>
            <Avatar name={author.name} username={author.username} src={author.avatar} size={24} />
            {author.name}
          </a>
          <time datetime={machineDate(props.publishedAt)}>
            {fullDate(props.publishedAt, locale, timeZone)}
          </time>
        </nav>
        <h1>{props.title || t('blog.untitled')}</h1>
        <form class="lock" method="post" action={props.action}>
          <p class="lock-words">
            <Icon name="key-round" size={22} />
            {t('blog.locked')}
          </p>
          <Field
            name="password"
            type="password"
            label={t('blog.locked.password')}
            autocomplete="off"
            error={props.wrong ? t('blog.locked.wrong') : undefined}
            required
            autofocus
          />
          <Button kind="primary">{t('blog.locked.open')}</Button>
        </form>
      </header>
    </article>
  )
}
