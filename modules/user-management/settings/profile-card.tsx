import { Avatar, Field, FieldError, type Speech, TextArea } from '#core'
import type { VNode } from 'preact'
import { MAX_LINKS } from '../profile/profile-links.ts'
import { MAX_BIO, MAX_NAME, MAX_PLACE } from '../profile/profile-text.ts'
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
  const { displayName, bio, place } = { ...me, ...refused?.typed }
  const links = refused?.typed['links']?.split('\n') ?? me.links
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
      <Field
        name="place"
        label={t('settings.place')}
        value={place}
        error={errors['place']}
        autocomplete="address-level2"
        maxLength={MAX_PLACE}
      />
      <Links t={t} links={links} error={errors['links']} />
    </FormCard>
  )
}

type LinksProps = Pick<Speech, 't'> & {
  readonly links: readonly string[]
  readonly error: string | undefined
}

/**
 * Five lines, taken as one list. Of the empty ones the style sheet shows the first, so that the next
 * appears where somebody has filled the one above.
 */
function Links({ t, links, error }: LinksProps): VNode {
  return (
    <fieldset class={error === undefined ? 'links field' : 'links field field-wrong'}>
      <legend>{t('settings.links')}</legend>
      {Array.from({ length: MAX_LINKS }, (_, index) => (
        <div key={index} class="field-box">
          <input
            id={index === 0 ? 'field-links' : undefined}
            name="links"
            type="text"
            inputmode="url"
            autocomplete="url"
            spellcheck={false}
            value={links[index] ?? ''}
            aria-label={t('settings.link', { number: index + 1 })}
            aria-invalid={error === undefined ? undefined : 'true'}
            placeholder="example.org"
          />
        </div>
      ))}
      {error !== undefined && <FieldError id="field-links-error" text={error} />}
    </fieldset>
  )
}
