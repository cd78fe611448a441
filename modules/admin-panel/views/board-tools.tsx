import { LinkButton } from '#core'
import type { VNode } from 'preact'
import { PeriodSwitch, type PeriodSwitchProps } from './period-switch.tsx'

/** Beside the title: whether the numbers are those of this moment, and for how long they are shown. */
export function BoardTools(props: PeriodSwitchProps): VNode {
  const { t, period } = props
  return (
    <>
      <span class="board-fresh" role="status" data-stale={t('admin.board.stale')}>
        {t('admin.board.fresh')}
      </span>
      <PeriodSwitch {...props} />
      <LinkButton
        kind="quiet"
        icon="download"
        href={`/admin/figures?period=${period}`}
        label={t('admin.board.download')}
      />
    </>
  )
}
