import type { Speech } from '#core'
import type { VNode } from 'preact'
import { type Period, PERIODS } from '../overview/periods.ts'

export type PeriodSwitchProps = Speech & { readonly period: Period }

export function PeriodSwitch({ t, period }: PeriodSwitchProps): VNode {
  return (
    <nav class="periods" aria-label={t('admin.board.period')}>
      {PERIODS.map((name) => (
        <a
          key={name}
          href={`/admin?period=${name}`}
          aria-current={name === period ? 'true' : undefined}
        >
          {t(`admin.board.period.${name}`)}
        </a>
      ))}
    </nav>
  )
}
