import type { Locale } from '#core'

/** IANA names this runtime knows; Node leaves out the one everyone shares. */
export const TIME_ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')]

const known = new Set(TIME_ZONES)

export function isTimeZone(name: string): boolean {
  return known.has(name)
}

/** What a browser says of where it is, as this runtime names it; undefined where it says nothing known. */
export function zoneSaid(name: string): string | undefined {
  if (name === '') return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return isTimeZone(timeZone) ? timeZone : undefined
  } catch {
    return undefined
  }
}

/** Until a person has chosen one. */
export function usualTimeZone(locale: Locale): string {
  return locale === 'ru' ? 'Europe/Moscow' : 'UTC'
}
