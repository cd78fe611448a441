import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'
import type { Locale, Speech, Translate } from './translate.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Accent colours a person or a blog may choose; `up` (indigo) when nothing was chosen. */
export const FLAVOURS = ['up', 'down', 'charm', 'strange', 'top', 'bottom'] as const
export type Flavour = (typeof FLAVOURS)[number]

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Each is a size of the root in `base.css`; everything that is read is measured from it. */
export const TEXT_SIZES = ['small', 'usual', 'large', 'larger', 'largest'] as const
export type TextSize = (typeof TEXT_SIZES)[number]

/** `less` is what `prefers-reduced-motion` is, for those whose system does not say it. */
export const MOTIONS = ['system', 'less'] as const
export type Motion = (typeof MOTIONS)[number]

type SwitchProps = {
  readonly t: Translate
  /** Path the reader comes back to. */
  readonly path: string
}

/** A plain form: a press sends one name and value to `/preferences`, which sets a cookie. */
function PreferenceForm(props: {
  readonly path: string
  readonly label: string
  readonly class: string
  readonly children?: ComponentChildren
}): VNode {
  return (
    <form method="post" action="/preferences">
      <input type="hidden" name="return" value={props.path} />
      <div class={props.class} role="group" aria-label={props.label}>
        {props.children}
      </div>
    </form>
  )
}

const LANGUAGES: readonly {
  readonly locale: Locale
  readonly short: string
  readonly name: string
}[] = [
  { locale: 'ru', short: 'РУ', name: 'Русский' },
  { locale: 'en', short: 'EN', name: 'English' },
]

/** Two segments; each language is named in itself, so that it is found from any other. */
export function LanguageSwitch({ t, locale, path }: Speech & SwitchProps): VNode {
  return (
    <PreferenceForm path={path} label={t('preferences.language')} class="segments">
      {LANGUAGES.map((language) => (
        <button
          key={language.locale}
          name="locale"
          value={language.locale}
          lang={language.locale}
          aria-pressed={language.locale === locale}
          aria-label={`${language.short}, ${language.name}`}
        >
          {language.short}
        </button>
      ))}
    </PreferenceForm>
  )
}

/**
 * One button that goes to the opposite of what is seen now. The server does not know what
 * `system` means on this screen, so both buttons stand in the page and the style sheet shows
 * the fitting one.
 */
export function ThemeToggle({ t, path }: SwitchProps): VNode {
  return (
    <PreferenceForm path={path} label={t('preferences.theme')} class="theme-toggle">
      <button class="to-dark" name="theme" value="dark" aria-label={t('preferences.toDark')}>
        <Icon name="moon" />
      </button>
      <button class="to-light" name="theme" value="light" aria-label={t('preferences.toLight')}>
        <Icon name="sun" />
      </button>
    </PreferenceForm>
  )
}

const THEME_ICONS = { system: 'monitor', light: 'sun', dark: 'moon' } as const

/** Three segments: as in the system, light, dark. */
export function ThemeSwitch({ t, theme, path }: SwitchProps & { readonly theme: Theme }): VNode {
  return (
    <PreferenceForm path={path} label={t('preferences.theme')} class="segments">
      {THEMES.map((each) => (
        <button key={each} name="theme" value={each} aria-pressed={each === theme}>
          <Icon name={THEME_ICONS[each]} size={18} />
          <VisuallyHidden>{t(`preferences.theme.${each}`)}</VisuallyHidden>
        </button>
      ))}
    </PreferenceForm>
  )
}

/** One step smaller, one step larger; at either end its button has nowhere to go. */
export function TextSizeSwitch({
  t,
  textSize,
  path,
}: SwitchProps & { readonly textSize: TextSize }): VNode {
  const at = TEXT_SIZES.indexOf(textSize)
  return (
    <PreferenceForm path={path} label={t('preferences.textSize')} class="segments">
      {([-1, 1] as const).map((step) => (
        <button
          key={step}
          name="textSize"
          value={TEXT_SIZES[at + step]}
          disabled={TEXT_SIZES[at + step] === undefined}
        >
          <span aria-hidden="true">{step < 0 ? 'A−' : 'A+'}</span>
          <VisuallyHidden>
            {t(step < 0 ? 'preferences.smaller' : 'preferences.larger')}
          </VisuallyHidden>
        </button>
      ))}
    </PreferenceForm>
  )
}

/** Pressed while nothing moves; for strangers, who have no settings. */
export function MotionSwitch({
  t,
  motion,
  path,
}: SwitchProps & { readonly motion: Motion }): VNode {
  const isLess = motion === 'less'
  return (
    <PreferenceForm path={path} label={t('preferences.motion')} class="segments">
      <button name="motion" value={isLess ? 'system' : 'less'} aria-pressed={isLess}>
        <Icon name="pause" size={18} />
        <VisuallyHidden>{t('preferences.motion.less')}</VisuallyHidden>
      </button>
    </PreferenceForm>
  )
}

/** Six dots; a press recolours every page for this visitor. */
export function FlavourSwitch({
  t,
  flavour,
  path,
}: SwitchProps & { readonly flavour: Flavour }): VNode {
  return (
    <PreferenceForm path={path} label={t('preferences.flavour')} class="dots">
      {FLAVOURS.map((each) => (
        <button
          key={each}
          name="flavour"
          value={each}
          data-flavour={each}
          aria-pressed={each === flavour}
          aria-label={t(`preferences.flavour.${each}`)}
        />
      ))}
    </PreferenceForm>
  )
}
