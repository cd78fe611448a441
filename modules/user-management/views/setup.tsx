import { Button } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'
import { AccountFields, type RegisterProps } from './register.tsx'
import { Rules } from './rules.tsx'

export type SetupProps = Omit<RegisterProps, 'quote'> & {
  /** The one-time token of the set-up link. */
  readonly token: string
}

/** The first page of a new station: it makes the owner. */
export function SetupPage(props: SetupProps): VNode {
  const { t } = props
  return (
    <AuthFrame {...props} title={t('auth.setup.title')} lead={t('auth.setup.lead')} action="/setup">
      <input type="hidden" name="token" value={props.token} />
      <AccountFields {...props} />
      <Button kind="primary" size="l" wide>
        {t('auth.setup.button')}
      </Button>
      <Rules t={t} />
    </AuthFrame>
  )
}
