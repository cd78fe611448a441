import type { Locale } from './translate.ts'

/**
 * Dates as people read them. Every function takes an instant (ISO 8601 or milliseconds), the
 * language and an IANA time zone, so that the same instant is the same text in every test and
 * on every machine.
 */
export type Instant = string | number | Date

const kept = new Map<string, Intl.DateTimeFormat>()

/** «12 ноября 2026» / “November 12, 2026”. */
export function fullDate(instant: Instant, locale: Locale, timeZone: string): string {
  const text = format(instant, locale, timeZone, { day: 'numeric', month: 'long', year: 'numeric' })
  return withoutYearMark(text)
}

/** As `fullDate`, without the year while it is the year of `now`: lists stay quiet. */
export function shortDate(
  instant: Instant,
  locale: Locale,
  timeZone: string,
  now: Instant = Date.now(),
): string {
  const year = (when: Instant): string => format(when, locale, timeZone, { year: 'numeric' })
  if (year(instant) !== year(now)) return fullDate(instant, locale, timeZone)
  return format(instant, locale, timeZone, { day: 'numeric', month: 'long' })
}

/** «Ноябрь 2026» / “November 2026”, with a capital in both languages: it stands as a heading. */
export function monthAndYear(instant: Instant, locale: Locale, timeZone: string): string {
  const text = format(instant, locale, timeZone, { month: 'long', year: 'numeric' })
  return withoutYearMark(text.charAt(0).toLocaleUpperCase(locale) + text.slice(1))
}

/** «14:32» / “2:32 PM”. */
export function timeOfDay(instant: Instant, locale: Locale, timeZone: string): string {
  return format(instant, locale, timeZone, { hour: 'numeric', minute: '2-digit' })
}

/** For the `datetime` attribute: always UTC. */
export function machineDate(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** Russian ends a year with « г.», which a heading or a meta line does not need. */
function withoutYearMark(text: string): string {
  return text.replace(/\s?г\.$/u, '')
}

function format(
  instant: Instant,
  locale: Locale,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`
  let formatter = kept.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone })
    kept.set(key, formatter)
  }
  return formatter.format(new Date(instant))
}
