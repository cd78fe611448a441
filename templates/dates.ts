import type { Locale } from './translate.ts'

/**
 * Dates as people read them. Every function takes an instant (ISO 8601 or milliseconds), the
 * language and an IANA time zone, so that the same instant is the same text in every test and
 * on every machine.
 */
export type Instant = string | number | Date

type Form = Intl.DateTimeFormatOptions

const DAY: Form = { day: 'numeric', month: 'long' }
const FULL: Form = { ...DAY, year: 'numeric' }
const YEAR: Form = { year: 'numeric' }
const MONTH: Form = { month: 'long', year: 'numeric' }
const TIME: Form = { hour: 'numeric', minute: '2-digit' }

const kept = new Map<Form, Map<string, Intl.DateTimeFormat>>()

/** «12 ноября 2026» / “November 12, 2026”. */
export function fullDate(instant: Instant, locale: Locale, timeZone: string): string {
  return withoutYearMark(format(instant, locale, timeZone, FULL))
}

/** As `fullDate`, without the year while it is the year of `now`: lists stay quiet. */
export function shortDate(
  instant: Instant,
  locale: Locale,
  timeZone: string,
  now: Instant = Date.now(),
): string {
  const year = (when: Instant): string => format(when, locale, timeZone, YEAR)
  if (year(instant) !== year(now)) return fullDate(instant, locale, timeZone)
  return format(instant, locale, timeZone, DAY)
}

/** «Ноябрь 2026» / “November 2026”, with a capital in both languages: it stands as a heading. */
export function monthAndYear(instant: Instant, locale: Locale, timeZone: string): string {
  const text = format(instant, locale, timeZone, MONTH)
  return withoutYearMark(text.charAt(0).toLocaleUpperCase(locale) + text.slice(1))
}

/** «14:32» / “2:32 PM”. */
export function timeOfDay(instant: Instant, locale: Locale, timeZone: string): string {
  return format(instant, locale, timeZone, TIME)
}

const relative = new Map<Locale, Intl.RelativeTimeFormat>()

/** «4 минуты назад» / “4 minutes ago”, within an hour; the time of day before that. */
export function ago(instant: Instant, locale: Locale, timeZone: string, now: Instant): string {
  const minutes = Math.round((new Date(now).getTime() - new Date(instant).getTime()) / 60_000)
  if (minutes < 0 || minutes >= 60) return timeOfDay(instant, locale, timeZone)
  let formatter = relative.get(locale)
  if (!formatter) {
    formatter = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    relative.set(locale, formatter)
  }
  return minutes === 0 ? formatter.format(0, 'second') : formatter.format(-minutes, 'minute')
}

/** For the `datetime` attribute: always UTC. */
export function machineDate(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** Russian ends a year with « г.», which a heading or a meta line does not need. */
function withoutYearMark(text: string): string {
  return text.replace(/\s?г\.$/u, '')
}

function format(instant: Instant, locale: Locale, timeZone: string, form: Form): string {
  const places = kept.get(form) ?? new Map<string, Intl.DateTimeFormat>()
  kept.set(form, places)
  const place = `${locale}|${timeZone}`
  let formatter = places.get(place)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...form, timeZone })
    places.set(place, formatter)
  }
  return formatter.format(new Date(instant))
}
