import { Icon, type IconName, type Speech } from '#core'
import type { VNode } from 'preact'
import { type ActForManyName, ACTS_FOR_MANY } from '../schema.ts'

export const ACT_ICONS: Readonly<Record<ActForManyName, IconName>> = {
  role: 'shield',
  'end-sessions': 'log-out',
  block: 'ban',
  unblock: 'circle-check',
}

/** What can be done with everybody ticked; it appears with the first tick, without a script. */
export function SelectionBar({ t }: Pick<Speech, 't'>): VNode {
  return (
    <div class="selection-bar" role="group" aria-label={t('admin.many.bar')}>
      <p role="status" data-chosen={t('admin.many.chosen')}>
        {t('admin.many.bar')}
      </p>
      {ACTS_FOR_MANY.map((act) => (
        <button key={act} name="act" value={act}>
          <Icon name={ACT_ICONS[act]} size={18} />
          <span>{t(`admin.many.${act}`)}</span>
        </button>
      ))}
      <button type="reset" aria-label={t('admin.many.clear')}>
        <Icon name="x" size={20} />
      </button>
    </div>
  )
}
