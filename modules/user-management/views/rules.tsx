import type { Translate } from '#core'
import type { VNode } from 'preact'

/** Rules are accepted by the button above; the consent is another thing, and stands in its own box. */
export function Rules({ t }: { readonly t: Translate }): VNode {
  return (
    <p class="auth-small auth-rules">
      {t('auth.rules.accepted')}{' '}
      <a href="/legal/terms" target="_blank">
        {t('auth.rules.terms')}
      </a>
      {'. '}
      <a href="/legal/privacy" target="_blank">
        {t('auth.rules.privacy')}
      </a>
      {'.'}
    </p>
  )
}
