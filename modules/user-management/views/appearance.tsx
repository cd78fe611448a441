import { Card, FLAVOURS, Icon, type Locale, Select, type Theme, THEMES } from '#core'
import type { VNode } from 'preact'
import type { SettingsProps } from './settings.tsx'

type ChoiceProps = Pick<SettingsProps, 't' | 'values' | 'errors' | 'timeZones'>

/** Six swatches with a name and the colour in words, so that nobody has to tell colours apart. */
export function FlavourChoice({ t, values }: ChoiceProps): VNode {
  return (
    <Card id="look" title={t('settings.flavour.title')} text={t('settings.flavour.text')}>
      <fieldset class="choices">
        <legend class="visually-hidden">{t('settings.flavour.title')}</legend>
        <div class="swatches">
          {FLAVOURS.map((flavour) => (
            <label key={flavour} data-flavour={flavour}>
              <input
                type="radio"
                name="flavour"
                value={flavour}
                checked={flavour === values.flavour}
              />
              <span class="swatch">
                <Icon name="check" />
              </span>
              <span>{t(`flavour.${flavour}.name`)}</span>
              <small>{t(`flavour.${flavour}.colour`)}</small>
            </label>
          ))}
        </div>
      </fieldset>
    </Card>
  )
}

/** Three small drawings of a page, one for each theme. */
export function ThemeChoice({ t, values }: ChoiceProps): VNode {
  return (
    <Card title={t('settings.theme.title')} text={t('settings.theme.text')}>
      <fieldset class="choices">
        <legend class="visually-hidden">{t('settings.theme.title')}</legend>
        <div class="themes">
          {THEMES.map((theme) => (
            <label key={theme}>
              <input type="radio" name="theme" value={theme} checked={theme === values.theme} />
              <Preview theme={theme} />
              <span>{t(`preferences.theme.${theme}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </Card>
  )
}

/** `system` is drawn as both halves. */
function Preview({ theme }: { readonly theme: Theme }): VNode {
  return (
    <svg class="theme-preview" viewBox="0 0 160 92" aria-hidden="true">
      {theme !== 'dark' && <Half kind="light" from={0} />}
      {theme !== 'light' && <Half kind="dark" from={theme === 'dark' ? 0 : 80} />}
    </svg>
  )
}

function Half({ kind, from }: { readonly kind: 'light' | 'dark'; readonly from: number }): VNode {
  const left = from === 0 ? 44 : 92
  return (
    <g class={`preview-${kind}`}>
      <rect class="preview-paper" x={from} width={160 - from} height="92" />
      {from === 0 && <rect class="preview-rail" width="28" height="92" />}
      <rect class="preview-line" x={left} y="20" width="56" height="9" rx="4.5" />
      <rect class="preview-line" x={left} y="38" width="36" height="9" rx="4.5" />
      <rect class="preview-accent" x={left + 14} y="62" width="42" height="12" rx="6" />
    </g>
  )
}

const LANGUAGES: readonly { readonly value: Locale; readonly label: string }[] = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
]

export function RegionCard({ t, values, errors, timeZones }: ChoiceProps): VNode {
  return (
    <Card id="region" title={t('settings.region')} text={t('settings.region.text')}>
      <Select
        name="locale"
        label={t('settings.locale')}
        value={values.locale}
        error={errors.locale}
        options={LANGUAGES}
      />
      <Select
        name="timeZone"
        label={t('settings.timeZone')}
        value={values.timeZone}
        error={errors.timeZone}
        options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
    </Card>
  )
}
