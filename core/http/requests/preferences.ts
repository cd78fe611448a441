import type { Locale } from '../../port/requests.ts'
import { preferredLocale } from '../../i18n/catalogue.ts'
import {
  FLAVOURS,
  type Flavour,
  type Motion,
  MOTIONS,
  TEXT_SIZES,
  type TextSize,
  THEMES,
  type Theme,
} from '../../../templates/index.ts'

/** How a visitor wants pages to look; kept in cookies, also before signing in. */
export interface Preferences {
  readonly locale: Locale
  readonly theme: Theme
  readonly flavour: Flavour
  readonly textSize: TextSize
  readonly motion: Motion
}

export const PREFERENCE_COOKIES = {
  locale: 'quark-locale',
  theme: 'quark-theme',
  flavour: 'quark-flavour',
  textSize: 'quark-text',
  motion: 'quark-motion',
} as const

/** Cookies stand above the browser's languages, those above the station's own. */
export function preferencesOf(
  cookies: Readonly<Record<string, string | undefined>>,
  acceptLanguage: string | undefined,
  fallback: Locale,
): Preferences {
  const locale = cookies[PREFERENCE_COOKIES.locale]
  const theme = cookies[PREFERENCE_COOKIES.theme]
  const flavour = cookies[PREFERENCE_COOKIES.flavour]
  const textSize = cookies[PREFERENCE_COOKIES.textSize]
  const motion = cookies[PREFERENCE_COOKIES.motion]
  return {
    locale: locale === 'ru' || locale === 'en' ? locale : preferredLocale(acceptLanguage, fallback),
    theme: THEMES.find((known) => known === theme) ?? 'system',
    flavour: FLAVOURS.find((known) => known === flavour) ?? 'up',
    textSize: TEXT_SIZES.find((known) => known === textSize) ?? 'usual',
    motion: MOTIONS.find((known) => known === motion) ?? 'system',
  }
}
