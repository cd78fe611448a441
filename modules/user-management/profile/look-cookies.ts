import { type CookieChange, FLAVOURS, MOTIONS, TEXT_SIZES, THEMES } from '#core'
import type { Profile } from '../schema.ts'

const YEAR_S = 365 * 24 * 60 * 60

/**
 * The cookies by which the station knows a visitor's language and how pages shall look. Signing in brings
 * the person's own to a new browser; saving the settings changes them in this one.
 */
export function lookCookies(profile: Profile): readonly CookieChange[] {
  const { locale, theme, flavour, textSize, motion } = profile
  return [
    { name: 'quark-locale', value: locale, maxAgeS: YEAR_S },
    { name: 'quark-theme', value: theme, maxAgeS: YEAR_S },
    { name: 'quark-flavour', value: flavour, maxAgeS: YEAR_S },
    { name: 'quark-text', value: textSize, maxAgeS: YEAR_S },
    { name: 'quark-motion', value: motion, maxAgeS: YEAR_S },
  ]
}

type Look = Pick<Profile, 'theme' | 'flavour' | 'textSize' | 'motion'>

/** What of it somebody has chosen; the rest is as usual. */
export type WishedLook = { readonly [Name in keyof Look]?: Look[Name] | undefined }

/** How a stranger chose to see the station, for the page they are about to make. */
export function lookIn(cookies: Readonly<Record<string, string>>): Partial<Look> {
  const theme = THEMES.find((known) => known === cookies['quark-theme'])
  const flavour = FLAVOURS.find((known) => known === cookies['quark-flavour'])
  const textSize = TEXT_SIZES.find((known) => known === cookies['quark-text'])
  const motion = MOTIONS.find((known) => known === cookies['quark-motion'])
  return {
    ...(theme ? { theme } : {}),
    ...(flavour ? { flavour } : {}),
    ...(textSize ? { textSize } : {}),
    ...(motion ? { motion } : {}),
  }
}
