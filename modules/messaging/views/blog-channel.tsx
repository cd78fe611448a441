import { Button, Card, LinkButton, Select, type Translate } from '#core'
import type { VNode } from 'preact'

export interface BlogChannelCardProps {
  readonly t: Translate
  /** Id of the chosen one; empty: none. */
  readonly chosen: string
  readonly channels: readonly { readonly id: string; readonly title: string }[]
}

/** Which channel posts go to. */
export function BlogChannelCard({ t, chosen, channels }: BlogChannelCardProps): VNode {
  const options = [
    { value: '', label: t('messaging.blog.none') },
    ...channels.map(({ id, title }) => ({ value: id, label: title })),
    { value: 'new', label: t('messaging.blog.new') },
  ]
  return (
    <Card title={t('messaging.blog.card')} text={t('messaging.blog.card.text')}>
      <form method="post" action="/me/channel" class="settings-form">
        <Select
          name="chat"
          id="blog-channel"
          label={t('messaging.blog.choice')}
          value={chosen}
          options={options}
        />
        <div class="settings-save">
          {chosen !== '' && (
            <LinkButton href={`/chats/${chosen}`} kind="quiet">
              {t('messaging.blog.open')}
            </LinkButton>
          )}
          <Button kind="primary">{t('messaging.blog.save')}</Button>
        </div>
      </form>
    </Card>
  )
}

export interface ChannelOfferProps {
  readonly t: Translate
  readonly slug: string
  readonly chatId: string
  readonly state: 'in' | 'offered' | 'known'
}

/** On the page of a person whose blog has a channel: the way there, and for readers the way in. */
export function ChannelOffer({ t, slug, chatId, state }: ChannelOfferProps): VNode {
  if (state === 'offered') {
    return (
      <form method="post" action={`/channel/${slug}/membership`}>
        <input type="hidden" name="from" value="profile" />
        <Button kind="soft" icon="megaphone">
          {t('messaging.blog.subscribe')}
        </Button>
      </form>
    )
  }
  return (
    <LinkButton
      href={state === 'in' ? `/chats/${chatId}` : `/channel/${slug}`}
      kind="line"
      icon="megaphone"
    >
      {t('messaging.blog.channel')}
    </LinkButton>
  )
}
