import { Avatar, Button, Field, Icon, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { CodeField } from './code-field.tsx'

export type CodePageProps = Speech & {
  readonly way: 'code' | 'recovery'
  readonly person: {
    readonly username: string
    readonly displayName: string
    readonly avatar?: string | undefined
  }
  readonly recoveryCodesLeft: number
  readonly problem?: string | undefined
  readonly triesLeft?: number | undefined
  readonly trustDevice: boolean
}

/** Between the password and the session: the digits of the app, or a code on paper. */
export function CodePage(props: CodePageProps): VNode {
  const { t, way, person } = props
  const isCode = way === 'code'
  const [name = person.displayName] = person.displayName.split(/\s+/u)
  return (
    <div class="auth-step">
      <form class="code-back" method="post" action="/auth/code/other">
        <button type="submit">
          <Icon name="arrow-left" />
          {t('auth.code.other')}
        </button>
      </form>
      <AuthFrame
        {...props}
        problem={undefined}
        above={
          <Avatar
            name={person.displayName}
            username={person.username}
            src={person.avatar}
            size={72}
          />
        }
        title={t('auth.code.title', { name })}
        lead={t(isCode ? 'auth.code.lead' : 'auth.recovery.lead')}
        action={`/auth/${way}`}
      >
        {isCode ? <CodeField {...props} countdown /> : <RecoveryField {...props} />}
        <label class="auth-trust">
          <span class="check">
            <input type="checkbox" name="trust" value="true" checked={props.trustDevice} />
          </span>
          {t('auth.code.trust')}
        </label>
        <Button kind="primary" size="l" wide>
          {t('auth.login.button')}
        </Button>
        <OtherWay {...props} />
      </AuthFrame>
    </div>
  )
}

function RecoveryField({ t, problem, recoveryCodesLeft }: CodePageProps): VNode {
  return (
    <Field
      name="code"
      label={t('auth.recovery.label')}
      aside={t('auth.recovery.left', { count: recoveryCodesLeft })}
      placeholder="xxxx-xxxx-xxxx-xxxx"
      help={t('auth.recovery.help')}
      error={problem}
      autocomplete="off"
      spelling="off"
      maxLength={64}
      autofocus
      required
    />
  )
}

function OtherWay({ t, way, recoveryCodesLeft }: CodePageProps): VNode {
  const isCode = way === 'code'
  return (
    <>
      <p class="auth-or">
        <span>{t(isCode ? 'auth.code.without' : 'auth.recovery.without')}</span>
      </p>
      <a class="auth-way" href={isCode ? '/auth/recovery' : '/auth/code'}>
        <Icon name={isCode ? 'life-buoy' : 'smartphone'} size={22} />
        <span>
          <b>{t(isCode ? 'auth.recovery.label' : 'auth.code.app')}</b>
          <small>
            {isCode
              ? t('auth.recovery.left', { count: recoveryCodesLeft })
              : t('auth.code.appText')}
          </small>
        </span>
        <Icon name="chevron-right" />
      </a>
    </>
  )
}
