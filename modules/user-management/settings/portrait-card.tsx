import { Avatar, Button, Card, Field, type Speech } from '#core'
import type { VNode } from 'preact'
import type { Me } from '../schema.ts'
import type { SettingsCard } from './card.ts'

/** The portrait and the cover of a person's page, each a form that needs no script. */
export const portraitCard: SettingsCard = {
  id: 'portrait',
  icon: 'image',
  label: 'settings.portrait',
  column: 'start',
  draw: ({ speech, me }) => (
    <Card
      id="portrait"
      title={speech.t('settings.portrait.title')}
      text={speech.t('settings.portrait.text')}
    >
      <AvatarForm {...speech} me={me} />
      <CoverForm {...speech} me={me} />
    </Card>
  ),
}

type Props = Speech & { readonly me: Me }

const PICTURES = 'image/jpeg,image/png,image/gif,image/webp,image/avif'

function AvatarForm({ t, me }: Props): VNode {
  const { displayName, username, avatarUrl } = me
  return (
    <div class="portrait">
      <Avatar name={displayName} username={username} src={avatarUrl ?? undefined} size={72} />
      <PictureForm t={t} which="avatar" />
      {avatarUrl !== null && <Removal t={t} which="avatar" />}
    </div>
  )
}

function CoverForm({ t, me: { coverUrl } }: Props): VNode {
  return (
    <div class="portrait">
      {coverUrl !== null && <img class="portrait-cover" src={`${coverUrl}/w640`} alt="" />}
      <PictureForm t={t} which="cover" />
      {coverUrl !== null && <Removal t={t} which="cover" />}
    </div>
  )
}

type PictureProps = Pick<Speech, 't'> & { readonly which: 'avatar' | 'cover' }

function PictureForm({ t, which }: PictureProps): VNode {
  const id = `${which}-file`
  return (
    <form method="post" action={`/settings/${which}`} enctype="multipart/form-data">
      <Field
        name="alt"
        id={`${which}-alt`}
        label={t('settings.portrait.alt')}
        help={t('settings.portrait.altHelp')}
        maxLength={500}
      />
      <label for={id}>{t(`settings.${which}.choose`)}</label>
      <input id={id} type="file" name="file" accept={PICTURES} required />
      <Button kind="primary">{t('settings.portrait.send')}</Button>
    </form>
  )
}

function Removal({ t, which }: PictureProps): VNode {
  return (
    <form method="post" action={`/settings/${which}/removal`}>
      <Button icon="trash-2">{t(`settings.${which}.remove`)}</Button>
    </form>
  )
}
