import { Button, Field, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { BackToLogin } from './recovery.tsx'

export type InvitedOnlyProps = Speech & {
  /** What is wrong with the invitation that was given. */
  readonly error?: string | undefined
  /** Path to go to with the new account; `/`: one's own page. */
  readonly returnTo: string
}

/** The station takes new people by invitation: here one shows it. */
export function InvitedOnlyPage(props: InvitedOnlyProps): VNode {
  const { t, error, returnTo } = props
  return (
    <AuthFrame
      {...props}
      action="/auth/register"
      method="get"
      title={t('auth.invited.title')}
      lead={t('auth.invited.lead')}
    >
      {returnTo !== '/' && <input type="hidden" name="return" value={returnTo} />}
      <Field
        name="invitation"
        label={t('auth.invited.field')}
        value=""
        help={t('auth.invited.help')}
        error={error}
        autocomplete="off"
        spelling="off"
        maxLength={300}
        autofocus
        required
      />
      <Button kind="primary" size="l" wide>
        {t('auth.invited.button')}
      </Button>
      <BackToLogin t={t} />
    </AuthFrame>
  )
}
