import { Button, Field, Icon, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { PasswordField } from './password-field.tsx'

export type ForgotProps = Speech & {
  readonly email: string
}

export function ForgotPage(props: ForgotProps): VNode {
  const { t, email } = props
  return (
    <AuthFrame
      {...props}
      action="/auth/forgot"
      title={t('auth.forgot.title')}
      lead={t('auth.forgot.lead')}
    >
      <Field
        name="email"
        type="email"
        label={t('auth.email')}
        value={email}
        autocomplete="email"
        spelling="off"
        maxLength={254}
        autofocus
        required
      />
      <Button kind="primary" size="l" wide>
        {t('auth.forgot.button')}
      </Button>
      <BackToLogin t={t} />
    </AuthFrame>
  )
}

export type ResetProps = Speech & {
  readonly username: string
  readonly minPassword: number
  readonly error?: string | undefined
  readonly problem?: string | undefined
}

export function ResetPage(props: ResetProps): VNode {
  const { t, username } = props
  return (
    <AuthFrame
      {...props}
      action="/auth/reset"
      title={t('auth.reset.title')}
      lead={t('auth.reset.lead', { name: `@${username}` })}
    >
      {/* Programs that keep passwords look for the name the new one belongs to. */}
      <input type="text" name="username" value={username} autocomplete="username" hidden readonly />
      <PasswordField
        t={t}
        label={t('auth.newPassword')}
        minLength={props.minPassword}
        error={props.error}
        autofocus
      />
      <p class="auth-hint">{t('auth.reset.hint')}</p>
      <Button kind="primary" size="l" wide>
        {t('auth.reset.button')}
      </Button>
    </AuthFrame>
  )
}

export function BackToLogin({ t }: Pick<Speech, 't'>): VNode {
  return (
    <a class="auth-back" href="/auth/login">
      <Icon name="arrow-left" size={18} />
      {t('auth.toLogin')}
    </a>
  )
}
