import { Button, Icon, LinkButton, Notice, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'

export type SentProps = Speech & {
  /** Which letter is on its way. */
  readonly kind: 'register' | 'forgot'
  /** As it was typed. */
  readonly email: string
  /** True when it was asked for once more. */
  readonly again: boolean
  /** False on a station that sends no mail: its owner hands links over. */
  readonly areCarried: boolean
  /** True for whoever may open the letters that wait. */
  readonly opensMailbox: boolean
}

/** The same for every address: whether it has an account is told by a letter alone. */
export function SentPage(props: SentProps): VNode {
  const { t, kind, email, again, areCarried, opensMailbox } = props
  const action = kind === 'register' ? '/auth/register/letter' : '/auth/forgot'
  return (
    <AuthFrame
      {...props}
      action={action}
      title={t(areCarried ? 'auth.sent.title' : 'auth.sent.keptTitle')}
      lead={t(`auth.sent.${areCarried ? kind : 'kept'}`, { email })}
    >
      {again && <Notice kind="good">{t('auth.sent.again')}</Notice>}
      {areCarried && <p class="auth-hint">{t('auth.sent.hint')}</p>}
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="again" value="true" />
      {areCarried && <Button wide>{t('auth.sent.repeat')}</Button>}
      {!areCarried && opensMailbox && (
        <LinkButton href="/admin/mailbox" kind="primary" size="l" wide>
          {t('auth.sent.mailbox')}
        </LinkButton>
      )}
      <a class="auth-back" href={kind === 'register' ? '/auth/register' : '/auth/login'}>
        <Icon name="arrow-left" size={18} />
        {t(kind === 'register' ? 'auth.sent.otherAddress' : 'auth.toLogin')}
      </a>
    </AuthFrame>
  )
}
