import { Avatar, Field, type Speech, TextArea } from '#core'
import type { VNode } from 'preact'
import { MAX_BIO, MAX_NAME } from '../profile-text.ts'
import type { Me } from '../schema.ts'
import type { RefusedForm, SettingsCard } from './card.ts'
import { FormCard } from './form-card.tsx'

export const profileCard: SettingsCard = {
  id: 'profile',
  icon: 'user',
  label: 'settings.profile',
  column: 'start',
  draw: ({ speech, me }, refused) => <ProfileCard {...speech} me={me} refused={refused} />,
}

type Props = Speech & { readonly me: Me; readonly refused: RefusedForm | undefined }

function ProfileCard({ t, me, refused }: Props): VNode {
  const { displayName, bio } = { ...me, ...refused?.typed }
  const errors = refused?.errors ?? {}
  return (
    <FormCard
      t={t}
      id="profile"
      title={t('settings.name.title')}
      text={t('settings.name.text')}
      refused={refused}
    >
      <div class="settings-who">
        <Avatar
          name={me.displayName}
          username={me.username}
          src={me.avatarUrl ?? undefined}
          size={72}
        />
        <p>
          {me.displayName}
          <br />
          <span>@{me.username}</span>
        </p>
      </div>
      <Field
        name="displayName"
        label={t('settings.displayName')}
        value={displayName}
        error={errors['displayName']}
        autofocus={errors['displayName'] !== undefined}
        autocomplete="name"
        maxLength={MAX_NAME}
        required
      />
      <TextArea
        name="bio"
        label={t('settings.bio')}
        value={bio}
        error={errors['bio']}
        help={t('settings.bio.help', { max: MAX_BIO })}
        maxLength={MAX_BIO}
      />
    </FormCard>
  )
}
