import { type CookieChange, FLAVOURS, THEMES } from '#core'
import type { Profile } from './schema.ts'

const YEAR_S = 365 * 24 * 60 * 60

/**
 * The cookies by which the station knows a visitor's language, theme and colour. Signing in brings
 * the person's own to a new browser; saving the settings changes them in this one.
 */
export function lookCookies({ locale, theme, flavour }: Profile): readonly CookieChange[] {
  return [
    { name: 'quark-locale', value: locale, maxAgeS: YEAR_S },
    { name: 'quark-theme', value: theme, maxAgeS: YEAR_S },
    { name: 'quark-flavour', value: flavour, maxAgeS: YEAR_S },
  ]
}

/** How a stranger chose to see the station, for the page they are about to make. */
export function lookIn(
  cookies: Readonly<Record<string, string>>,
): Partial<Pick<Profile, 'theme' | 'flavour'>> {
  const theme = THEMES.find((known) => known === cookies['quark-theme'])
  const flavour = FLAVOURS.find((known) => known === cookies['quark-flavour'])
  return { ...(theme ? { theme } : {}), ...(flavour ? { flavour } : {}) }
}
