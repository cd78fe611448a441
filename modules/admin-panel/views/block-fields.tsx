import { Field, type Speech } from '#core'
import type { VNode } from 'preact'

/** What is asked before anybody is blocked. */
export function BlockFields({ t }: Pick<Speech, 't'>): VNode {
  return (
    <>
      <Field
        name="reason"
        label={t('admin.person.reason')}
        help={t('admin.person.reasonHelp')}
        maxLength={200}
      />
      <label class="choice">
        <span class="check">
          <input type="checkbox" name="hides" value="yes" checked />
        </span>
        <span>
          {t('admin.person.hides')}
          <span class="choice-help">{t('admin.person.hidesHelp')}</span>
        </span>
      </label>
    </>
  )
}
