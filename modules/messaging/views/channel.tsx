import {
  Avatar,
  EmptyState,
  fullDate,
  LinkButton,
  type Locale,
  Pagination,
  timeOfDay,
  type Translate,
} from '#core'
import type { VNode } from 'preact'
import type { Message } from '../schema.ts'
import { Said } from './said.tsx'

export interface ChannelProps {
  readonly t: Translate
  readonly locale: Locale
  readonly timeZone: string
  readonly title: string
  readonly about: string
  /** Chooses the colour behind the initials. */
  readonly id: string
  readonly photo: string | undefined
  readonly members: number
  readonly items: readonly Message[]
  /** Address of one message. */
  readonly linkOf: (seq: number) => string
  readonly chatHref: string
  readonly feedHref: string
  readonly older: string | undefined
  /** Given where the page does not begin with the newest. */
  readonly newest: string | undefined
}

/** A channel as anybody reads it: the newest first, without scripts. */
export function ChannelPage(props: ChannelProps): VNode {
  const { t, items, older, newest } = props
  return (
    <div class="channel">
      <Head {...props} />
      {newest !== undefined && (
        <p class="channel-newest">
          <a href={newest}>{t('messaging.channel.newest')}</a>
        </p>
      )}
      {items.length === 0 && (
        <EmptyState
          icon="megaphone"
          title={t('messaging.channel.empty')}
          text={t('messaging.channel.empty.text')}
        />
      )}
      {items.map((message) => (
        <Posted key={message.seq} {...props} message={message} />
      ))}
      <Pagination href={older} label={t('messaging.channel.older')} />
    </div>
  )
}

function Head({ t, id, title, about, photo, members, chatHref, feedHref }: ChannelProps): VNode {
  return (
    <header class="channel-head">
      {photo === undefined ? (
        <Avatar name={title} username={id} size={72} />
      ) : (
        <img class="avatar avatar-72" src={photo} alt="" width={72} height={72} />
      )}
      <div class="channel-who">
        <h1 dir="auto">{title}</h1>
        <p class="channel-facts">{t('messaging.channel.members', { count: members })}</p>
      </div>
      {about !== '' && (
        <p class="channel-about" dir="auto">
          {about}
        </p>
      )}
      <div class="channel-actions">
        <LinkButton href={chatHref} kind="primary" icon="message-circle">
          {t('messaging.channel.open')}
        </LinkButton>
        <LinkButton href={feedHref} kind="line" icon="rss">
          {t('messaging.channel.feed')}
        </LinkButton>
      </div>
    </header>
  )
}

type PostedProps = ChannelProps & { readonly message: Message }

function Posted({ t, locale, timeZone, linkOf, message }: PostedProps): VNode {
  const { seq, date, editedAt } = message
  return (
    <article id={`m${seq}`} class="channel-post">
      <Said t={t} message={message} />
      <footer class="meta">
        <a href={linkOf(seq)}>
          <time datetime={date}>
            {fullDate(date, locale, timeZone)}, {timeOfDay(date, locale, timeZone)}
          </time>
        </a>
        {editedAt !== null && <span>{t('messaging.channel.edited')}</span>}
      </footer>
    </article>
  )
}
