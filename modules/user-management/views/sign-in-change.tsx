import { Button, Card, Field, Icon, LinkButton, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { PasswordField } from './password-field.tsx'

/** How one signs in, on the page of settings. */
export function SignInCard({ t, email }: Speech & { readonly email: string }): VNode {
  return (
    <Card title={t('settings.signIn.title')} text={t('settings.signIn.text')}>
      <div class="sign-in-row">
        <div>
          <strong>{t('auth.password')}</strong>
          <p>{t('settings.password.about')}</p>
        </div>
        <LinkButton href="/settings/password">{t('settings.change')}</LinkButton>
      </div>
      <div class="sign-in-row">
        <div>
          <strong>{t('auth.email')}</strong>
          <p>{email}</p>
        </div>
        <LinkButton href="/settings/email">{t('settings.change')}</LinkButton>
      </div>
    </Card>
  )
}

export type PasswordChangeProps = Speech & {
  readonly username: string
  readonly minPassword: number
  readonly errors: Readonly<Partial<Record<'oldPassword' | 'password', string>>>
  readonly problem?: string | undefined
}

export function PasswordChangePage(props: PasswordChangeProps): VNode {
  const { t, username, errors } = props
  return (
    <AuthFrame
      {...props}
      action="/settings/password"
      title={t('settings.password.title')}
      lead={t('settings.password.lead')}
    >
      <input type="text" name="username" value={username} autocomplete="username" hidden readonly />
      <PasswordField
        t={t}
        name="oldPassword"
        label={t('settings.password.old')}
        error={errors.oldPassword}
        autofocus={errors.password === undefined}
      />
      <PasswordField
        t={t}
        label={t('auth.newPassword')}
        minLength={props.minPassword}
        error={errors.password}
        autofocus={errors.password !== undefined}
      />
      <Button kind="primary" size="l" wide>
        {t('settings.password.button')}
      </Button>
      <BackToSettings t={t} />
    </AuthFrame>
  )
}

export type EmailChangeProps = Speech & {
  readonly current: string
  readonly email: string
  readonly errors: Readonly<Partial<Record<'email' | 'password', string>>>
  readonly problem?: string | undefined
}

export function EmailChangePage(props: EmailChangeProps): VNode {
  const { t, errors } = props
  return (
    <AuthFrame
      {...props}
      action="/settings/email"
      title={t('settings.email.title')}
      lead={t('settings.email.lead', { email: props.current })}
    >
      <Field
        name="email"
        type="email"
        label={t('settings.email.new')}
        value={props.email}
        error={errors.email}
        autocomplete="email"
        spelling="off"
        maxLength={254}
        autofocus={errors.password === undefined}
        required
      />
      <PasswordField t={t} error={errors.password} autofocus={errors.password !== undefined} />
      <Button kind="primary" size="l" wide>
        {t('settings.email.button')}
      </Button>
      <BackToSettings t={t} />
    </AuthFrame>
  )
}

function BackToSettings({ t }: Pick<Speech, 't'>): VNode {
  return (
    <a class="auth-back" href="/settings#sign-in">
      <Icon name="arrow-left" size={18} />
      {t('settings.back')}
    </a>
  )
}
