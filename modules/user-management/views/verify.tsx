import { Button, type HeldForm, LinkButton, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'
import { PasswordField } from './password-field.tsx'

export type VerifyProps = Speech & {
  readonly asks: 'password' | 'code'
  /** Path to come back to. */
  readonly returnTo: string
  /** What was being done; it goes on with the proof. */
  readonly held?: HeldForm | undefined
  readonly problem?: string | undefined
  readonly triesLeft?: number | undefined
}

/** Asks once more who is there, before something that cannot be undone. */
export function VerifyPage(props: VerifyProps): VNode {
  const { t, asks, held, returnTo, problem } = props
  const isCode = asks === 'code'
  const lead = t(isCode ? 'auth.verify.code' : 'auth.verify.password')
  return (
    <AuthFrame
      {...props}
      problem={isCode ? undefined : problem}
      title={t('auth.verify.title')}
      lead={held ? `${lead} ${t('auth.verify.held')}` : lead}
      action={held?.action ?? '/auth/verify'}
    >
      {held ? <Held form={held} /> : <input type="hidden" name="return" value={returnTo} />}
      {isCode ? (
        <Code {...props} />
      ) : (
        <PasswordField t={t} name={held && 'proof-password'} autofocus />
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
      <Leave {...props} />
    </AuthFrame>
  )
}

function Code({ t, held, problem, triesLeft }: VerifyProps): VNode {
  const name = held && 'proof-code'
  return <CodeField t={t} name={name} problem={problem} triesLeft={triesLeft} countdown />
}

function Leave({ t, held }: VerifyProps): VNode {
  return (
    <LinkButton href={held?.back ?? '/settings'} kind="quiet" wide>
      {t(held ? 'auth.verify.leave' : 'auth.verify.cancel')}
    </LinkButton>
  )
}

function Held({ form }: { readonly form: HeldForm }): VNode {
  return (
    <>
      {form.fields.map(([name, text], index) => (
        <input key={index} type="hidden" name={name} value={text} />
      ))}
    </>
  )
}
