import { Select } from '#core'
import { PAGE_AUDIENCES, READERS_AUDIENCES } from '../tables.ts'
import type { SettingsCard } from './card.ts'
import { FormCard } from './form-card.tsx'

/** What others may see of the person; enforced wherever it is shown. */
export const visibilityCard: SettingsCard = {
  id: 'visibility',
  icon: 'eye',
  label: 'settings.visibility',
  column: 'end',
  draw: ({ speech: { t }, me }, refused) => (
    <FormCard
      t={t}
      id="visibility"
      title={t('settings.visibility')}
      text={t('settings.visibility.text')}
      refused={refused}
    >
      <Select
        name="pageFor"
        label={t('settings.pageFor')}
        value={me.pageFor}
        help={t('settings.pageFor.help')}
        options={PAGE_AUDIENCES.map((value) => ({ value, label: t(`settings.for.${value}`) }))}
      />
      <Select
        name="readersFor"
        label={t('settings.readersFor')}
        value={me.readersFor}
        options={READERS_AUDIENCES.map((value) => ({ value, label: t(`settings.for.${value}`) }))}
      />
    </FormCard>
  ),
}
