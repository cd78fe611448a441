import { LinkButton, Notice, type Speech } from '#core'
import type { VNode } from 'preact'

export type RecoveryCodesProps = Speech & {
  readonly codes: readonly string[]
  readonly station: string
  readonly username: string
}

/** The only time these codes are shown. The page prints as a slip of paper. */
export function RecoveryCodesPage({ t, codes, station, username }: RecoveryCodesProps): VNode {
  return (
    <div class="factor">
      <header>
        <h1>{t('factor.codes.title')}</h1>
        <p>{t('factor.codes.lead')}</p>
      </header>
      <Notice kind="warn">{t('factor.codes.once')}</Notice>
      <section class="recovery-slip" aria-label={t('factor.codes')}>
        <p>
          {station} · @{username}
        </p>
        <ol>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </section>
      <div
        class="recovery-actions"
        data-codes
        data-copy={t('factor.codes.copy')}
        data-copied={t('factor.codes.copied')}
        data-print={t('factor.codes.print')}
      >
        <LinkButton href="/settings#security" kind="primary">
          {t('factor.codes.done')}
        </LinkButton>
      </div>
    </div>
  )
}
