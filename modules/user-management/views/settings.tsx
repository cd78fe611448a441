import {
  Avatar,
  Button,
  Card,
  Field,
  type Flavour,
  Icon,
  type IconName,
  LanguageSwitch,
  type Locale,
  Notice,
  type Speech,
  TextArea,
  type Theme,
  TrustedHtml,
} from '#core'
import type { VNode } from 'preact'
import { FlavourChoice, RegionCard, ThemeChoice } from './appearance.tsx'

export type SettingsField = 'displayName' | 'bio' | 'locale' | 'theme' | 'flavour' | 'timeZone'

export type SettingsProps = Speech & {
  readonly person: {
    readonly username: string
    readonly email: string
    readonly avatar?: string | undefined
  }
  /** Saved values, or what was typed when it could not be saved. */
  readonly values: {
    readonly displayName: string
    readonly bio: string
    readonly locale: Locale
    readonly theme: Theme
    readonly flavour: Flavour
    /** IANA name. */
    readonly timeZone: string
  }
  readonly errors: Readonly<Partial<Record<SettingsField, string>>>
  /** True right after a successful save. */
  readonly saved: boolean
  /** IANA names to choose from. */
  readonly timeZones: readonly string[]
  readonly maxBio: number
  /** Places that other modules add. */
  readonly sections: readonly SettingsSection[]
  readonly path: string
}

export type SettingsSection = {
  /** Anchor on the page. */
  readonly id: string
  readonly icon: IconName
  readonly label: string
  /** A rendered card. */
  readonly html: string
}

export function SettingsPage(props: SettingsProps): VNode {
  const { t, sections } = props
  return (
    <div class="settings">
      <Contents {...props} />
      <div class="settings-main">
        <header class="settings-head">
          <h1>{t('settings.title')}</h1>
          {props.saved && (
            <p class="saved" role="status">
              <Icon name="check" size={18} />
              {t('settings.saved')}
            </p>
          )}
          <LanguageSwitch {...props} />
        </header>
        <div class="settings-cards">
          <SettingsForm {...props} />
          <form id="sign-out" method="post" action="/auth/logout" hidden />
          {sections.map(({ id, html }) => (
            <TrustedHtml key={id} id={id} html={html} />
          ))}
        </div>
      </div>
    </div>
  )
}

function Contents({ t, sections }: SettingsProps): VNode {
  const own: readonly Pick<SettingsSection, 'id' | 'icon' | 'label'>[] = [
    { id: 'profile', icon: 'user', label: t('settings.profile') },
    { id: 'look', icon: 'palette', label: t('settings.look') },
    { id: 'region', icon: 'languages', label: t('settings.region') },
    { id: 'account', icon: 'key-round', label: t('settings.account') },
  ]
  return (
    <nav class="settings-nav" aria-label={t('settings.nav')}>
      <div>
        <p>{t('settings.nav')}</p>
        {[...own, ...sections].map(({ id, icon, label }) => (
          <a key={id} href={`#${id}`}>
            <Icon name={icon} />
            {label}
          </a>
        ))}
      </div>
    </nav>
  )
}

function SettingsForm(props: SettingsProps): VNode {
  const { t, errors } = props
  return (
    <form class="settings-form" method="post" action="/settings">
      {Object.keys(errors).length > 0 && (
        <div class="settings-problem">
          <Notice kind="bad">{t('settings.wrong')}</Notice>
        </div>
      )}
      <div class="settings-column">
        <ProfileCard {...props} />
        <RegionCard {...props} />
      </div>
      <div class="settings-column">
        <FlavourChoice {...props} />
        <ThemeChoice {...props} />
        <Account {...props} />
      </div>
      <div class="settings-save">
        <Button kind="primary">{t('settings.save')}</Button>
        <p>{t('settings.saveHint')}</p>
      </div>
    </form>
  )
}

function ProfileCard({ t, person, values, errors, maxBio }: SettingsProps): VNode {
  return (
    <Card id="profile" title={t('settings.name.title')} text={t('settings.name.text')}>
      <div class="settings-who">
        <Avatar
          name={values.displayName}
          username={person.username}
          src={person.avatar}
          size={72}
        />
        <p>
          {values.displayName}
          <br />
          <span>@{person.username}</span>
        </p>
      </div>
      <Field
        name="displayName"
        label={t('settings.displayName')}
        value={values.displayName}
        error={errors.displayName}
        autofocus={errors.displayName !== undefined}
        autocomplete="name"
        maxLength={80}
        required
      />
      <TextArea
        name="bio"
        label={t('settings.bio')}
        value={values.bio}
        error={errors.bio}
        help={t('settings.bio.help', { max: maxBio })}
        maxLength={maxBio}
      />
    </Card>
  )
}

function Account({ t, person }: SettingsProps): VNode {
  return (
    <Card id="account" title={t('settings.account')} text={t('settings.account.text')}>
      <dl class="facts">
        <div>
          <dt>{t('settings.account.username')}</dt>
          <dd>@{person.username}</dd>
        </div>
        <div>
          <dt>{t('settings.account.email')}</dt>
          <dd>{person.email}</dd>
        </div>
      </dl>
      <div>
        <Button kind="danger" icon="log-out" form="sign-out">
          {t('settings.signOut')}
        </Button>
      </div>
    </Card>
  )
}
