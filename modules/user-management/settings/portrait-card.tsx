import { Avatar, Button, Card, Field, type Speech, UploadProgress } from '#core'
import type { VNode } from 'preact'
import type { Me } from '../schema.ts'
import type { SettingsCard } from './card.ts'
import { CropperPlace } from './cropper.tsx'

/** The portrait of a person, in a form that needs no script; with one it is cut first. */
export const portraitCard: SettingsCard = {
  id: 'portrait',
  icon: 'image',
  label: 'settings.portrait',
  column: 'start',
  draw: ({ speech, me }) => <PortraitCard {...speech} me={me} />,
}

/** The wide picture at the head of a person's page. */
export const coverCard: SettingsCard = {
  id: 'cover',
  icon: 'layout-list',
  label: 'settings.cover',
  column: 'end',
  draw: ({ speech, me }) => <CoverCard {...speech} me={me} />,
}

type Props = Speech & { readonly me: Me }

const PICTURES = 'image/jpeg,image/png,image/gif,image/webp,image/avif'
const MAX_ALT = 500

function PortraitCard({ t, me }: Props): VNode {
  const { displayName, username, avatarUrl } = me
  return (
    <Card id="portrait" title={t('settings.portrait')} text={t('settings.portrait.text')}>
      <form
        class="portrait"
        method="post"
        action="/settings/avatar"
        enctype="multipart/form-data"
        data-portrait
        data-which="avatar"
      >
        <div class="portrait-now">
          <Avatar name={displayName} username={username} src={avatarUrl ?? undefined} size={72} />
          <PictureInput t={t} which="avatar" />
        </div>
        <CropperPlace t={t} />
        <UploadProgress t={t} />
        <Field
          name="alt"
          id="avatar-alt"
          label={t('settings.portrait.alt')}
          help={t('settings.portrait.altHelp')}
          maxLength={MAX_ALT}
        />
        <div class="portrait-send">
          <Button kind="primary">{t('settings.portrait.send')}</Button>
        </div>
      </form>
      {avatarUrl !== null && <Removal t={t} which="avatar" />}
    </Card>
  )
}

function CoverCard({ t, me: { coverUrl } }: Props): VNode {
  return (
    <Card id="cover" title={t('settings.cover')} text={t('settings.cover.text')}>
      {coverUrl !== null && <img class="portrait-cover" src={coverUrl} alt="" />}
      <form
        class="portrait"
        method="post"
        action="/settings/cover"
        enctype="multipart/form-data"
        data-portrait
        data-which="cover"
      >
        <PictureInput t={t} which="cover" />
        <UploadProgress t={t} />
        <div class="portrait-send">
          <Button kind="primary">{t('settings.portrait.send')}</Button>
        </div>
      </form>
      {coverUrl !== null && <Removal t={t} which="cover" />}
    </Card>
  )
}

type PictureProps = Pick<Speech, 't'> & { readonly which: 'avatar' | 'cover' }

/** The browser's own control, named in our words; with a script its button speaks them too. */
function PictureInput({ t, which }: PictureProps): VNode {
  const id = `${which}-file`
  return (
    <div class="portrait-file">
      <label for={id}>
        {t(`settings.${which}.choose`)}
        <span class="button button-line button-m portrait-choose" aria-hidden="true">
          {t('settings.portrait.choose')}
        </span>
      </label>
      <input id={id} type="file" name="file" accept={PICTURES} required />
      <p class="field-help">{t('settings.portrait.limits')}</p>
    </div>
  )
}

function Removal({ t, which }: PictureProps): VNode {
  return (
    <form method="post" action={`/settings/${which}/removal`}>
      <Button icon="trash-2">{t(`settings.${which}.remove`)}</Button>
    </form>
  )
}
