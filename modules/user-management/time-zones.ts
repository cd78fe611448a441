import type { Locale } from '#core'

/** IANA names this runtime knows; Node leaves out the one everyone shares. */
export const TIME_ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')]

const known = new Set(TIME_ZONES)

export function isTimeZone(name: string): boolean {
  return known.has(name)
}

/** Until a person has chosen one. */
export function usualTimeZone(locale: Locale): string {
  return locale === 'ru' ? 'Europe/Moscow' : 'UTC'
}
