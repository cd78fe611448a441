import { Avatar, Button, Icon, LinkButton, Notice, type Translate } from '#core'
import type { VNode } from 'preact'

export interface JoinProps {
  readonly t: Translate
  /** The link itself: where the form goes, and where people come back to. */
  readonly path: string
  readonly chat: {
    readonly id: string
    readonly kind: 'group' | 'channel'
    readonly title: string
    readonly about: string
    readonly members: number
  }
  readonly photo: string | undefined
  /** Who has made the link; undefined when the account is gone. */
  readonly inviter: string | undefined
  readonly state: 'in' | 'open' | 'asks' | 'waits' | 'stranger'
  /** An admin lets people in one by one. */
  readonly asks: boolean
}

/** The door of a chat, as the link to it shows it. */
export function JoinPage(props: JoinProps): VNode {
  const { t, chat, photo, inviter } = props
  const { id, kind, title, about, members } = chat
  return (
    <article class="door">
      {photo === undefined ? (
        <Avatar name={title} username={id} size={136} />
      ) : (
        <img class="avatar avatar-136" src={photo} alt="" width={136} height={136} />
      )}
      <p class="door-by" dir="auto">
        {inviter === undefined
          ? t(`messaging.join.to.${kind}`)
          : t(`messaging.join.by.${kind}`, { name: inviter })}
      </p>
      <h1 dir="auto">{title}</h1>
      <p class="door-facts">{t(`messaging.join.members.${kind}`, { count: members })}</p>
      {about !== '' && (
        <p class="door-about" dir="auto">
          {about}
        </p>
      )}
      <Ways {...props} />
    </article>
  )
}

function Ways({ t, path, chat, state, asks }: JoinProps): VNode {
  if (state === 'waits') {
    return (
      <>
        <Notice kind="good" title={t('messaging.join.waits')}>
          {t('messaging.join.waits.text')}
        </Notice>
        <LinkButton href="/chats" kind="line" wide>
          {t('messaging.join.chats')}
        </LinkButton>
      </>
    )
  }
  const back = `return=${encodeURIComponent(path)}`
  return (
    <>
      {asks && <p class="door-hint">{t('messaging.join.asks')}</p>}
      {state === 'stranger' ? (
        <div class="door-ways">
          <LinkButton href={`/auth/login?${back}`} kind="primary" size="l" wide>
            {t('messaging.join.signIn')}
          </LinkButton>
          <LinkButton href={`/auth/register?${back}`} kind="line" size="l" wide>
            {t('messaging.join.register')}
          </LinkButton>
        </div>
      ) : (
        <form class="door-ways" method="post" action={path}>
          <Button kind="primary" size="l" wide>
            {t(asks ? 'messaging.join.ask' : `messaging.join.do.${chat.kind}`)}
          </Button>
        </form>
      )}
    </>
  )
}

export interface ClosedDoorProps {
  readonly t: Translate
  readonly why: 'gone' | 'expired' | 'used-up' | 'banned'
  readonly home: string
}

/** A link that lets nobody in, or not this person. Of the chat it says nothing. */
export function ClosedDoorPage({ t, why, home }: ClosedDoorProps): VNode {
  return (
    <article class="door">
      <span class="door-closed">
        <Icon name={why === 'banned' ? 'ban' : 'link'} size={24} />
      </span>
      <h1>{t(`messaging.join.${why}`)}</h1>
      <p class="door-about">{t(`messaging.join.${why}.text`)}</p>
      <div class="door-ways">
        <LinkButton href={home} kind="primary" size="l" wide>
          {t(home === '/chats' ? 'messaging.join.chats' : 'messaging.join.home')}
        </LinkButton>
      </div>
    </article>
  )
}
