import { Button, LinkButton, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'
import { PasswordField } from './password-field.tsx'

export type VerifyProps = Speech & {
  readonly asks: 'password' | 'code'
  /** Path to come back to. */
  readonly returnTo: string
  readonly problem?: string | undefined
  readonly triesLeft?: number | undefined
}

/** Asks once more who is there, before something that cannot be undone. */
export function VerifyPage(props: VerifyProps): VNode {
  const { t, asks, returnTo, problem, triesLeft } = props
  const isCode = asks === 'code'
  return (
    <AuthFrame
      {...props}
      problem={isCode ? undefined : problem}
      title={t('auth.verify.title')}
      lead={t(isCode ? 'auth.verify.code' : 'auth.verify.password')}
      action="/auth/verify"
    >
      <input type="hidden" name="return" value={returnTo} />
      {isCode ? (
        <CodeField t={t} problem={problem} triesLeft={triesLeft} countdown />
      ) : (
        <PasswordField t={t} autofocus />
      )}
      <Button kind="primary" size="l" wide>
        {t('auth.verify.button')}
      </Button>
      {isCode && (
        <details class="auth-small">
          <summary>{t('auth.code.without')}</summary>
          <p>{t('auth.verify.recovery')}</p>
        </details>
      )}
      <LinkButton href="/settings" kind="quiet" wide>
        {t('auth.verify.cancel')}
      </LinkButton>
    </AuthFrame>
  )
}
