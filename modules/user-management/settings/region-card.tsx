import { type Locale, Select } from '#core'
import { TIME_ZONES } from '../profile/time-zones.ts'
import type { SettingsCard } from './card.ts'
import { FormCard } from './form-card.tsx'

const LANGUAGES: readonly { readonly value: Locale; readonly label: string }[] = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
]
const ZONES = TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))

/** Language, as this browser shows it now, and time zone. */
export const regionCard: SettingsCard = {
  id: 'region',
  icon: 'languages',
  label: 'settings.region',
  column: 'start',
  draw: ({ speech: { t, locale }, me }, refused) => (
    <FormCard
      t={t}
      id="region"
      title={t('settings.region')}
      text={t('settings.region.text')}
      refused={refused}
    >
      <Select
        name="locale"
        label={t('settings.locale')}
        value={refused?.typed['locale'] ?? locale}
        options={LANGUAGES}
      />
      <Select
        name="timeZone"
        label={t('settings.timeZone')}
        value={refused?.typed['timeZone'] ?? me.timeZone}
        error={refused?.errors['timeZone']}
        options={ZONES}
      />
    </FormCard>
  ),
}
