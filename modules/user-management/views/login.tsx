import { Button, Field, type Speech } from '#core'
import type { VNode } from 'preact'
import { leadingBack } from '../sign-in/return-path.ts'
import { AuthFrame, type Quote } from './auth-frame.tsx'
import { PasswordField } from './password-field.tsx'

export type LoginProps = Speech & {
  /** User name or e-mail as it was typed. */
  readonly login: string
  /** What is wrong; never says which of the two it was. */
  readonly problem?: string | undefined
  /** Path to come back to after signing in. */
  readonly returnTo: string
  readonly registration: 'open' | 'closed'
  readonly quote?: Quote | undefined
}

export function LoginPage(props: LoginProps): VNode {
  const { t, login } = props
  return (
    <AuthFrame
      {...props}
      title={t('auth.login.title')}
      action="/auth/login"
      lead={
        props.registration === 'open' ? (
          <>
            {t('auth.login.new')}{' '}
            <a href={leadingBack('/auth/register', props.returnTo)}>{t('auth.register.button')}</a>
          </>
        ) : undefined
      }
    >
      <input type="hidden" name="return" value={props.returnTo} />
      <Field
        name="login"
        label={t('auth.login.login')}
        value={login}
        autofocus={login === ''}
        autocomplete="username"
        spelling="off"
        required
      />
      <PasswordField t={t} autofocus={login !== ''} />
      <Button kind="primary" size="l" wide>
        {t('auth.login.button')}
      </Button>
      <a class="auth-back" href="/auth/forgot">
        {t('auth.login.forgot')}
      </a>
    </AuthFrame>
  )
}
