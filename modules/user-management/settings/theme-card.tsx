import { type Theme, THEMES } from '#core'
import type { VNode } from 'preact'
import { lookIn } from '../profile/look-cookies.ts'
import type { SettingsCard } from './card.ts'
import { Comfort } from './comfort.tsx'
import { FormCard } from './form-card.tsx'

/** Three small drawings of a page, one for each theme; chosen is the one this browser shows. */
export const themeCard: SettingsCard = {
  id: 'theme',
  icon: 'sun',
  label: 'settings.theme.title',
  column: 'end',
  draw: ({ speech: { t }, me, request }, refused) => {
    const { theme: chosen, textSize, motion } = { ...me, ...lookIn(request.cookies) }
    return (
      <FormCard
        t={t}
        id="theme"
        title={t('settings.theme.title')}
        text={t('settings.theme.text')}
        refused={refused}
      >
        <fieldset class="choices">
          <legend class="visually-hidden">{t('settings.theme.title')}</legend>
          <div class="themes">
            {THEMES.map((theme) => (
              <label key={theme}>
                <input type="radio" name="theme" value={theme} checked={theme === chosen} />
                <Preview theme={theme} />
                <span>{t(`preferences.theme.${theme}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <Comfort t={t} textSize={textSize} motion={motion} />
      </FormCard>
    )
  },
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
