import { ago, fullDate, type Locale, shortDate } from '#core'
import type { Period } from './periods.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const STEP = 1024
const HOUR_MS = 3_600_000

/** «3,6 ГБ» / “3.6 GB”; whole numbers below a megabyte. */
export function bytesText(bytes: number, locale: Locale): string {
  let unit = 0
  let value = Math.max(0, bytes)
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP
    unit++
  }
  const text = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'narrow' : 'short',
    maximumFractionDigits: unit > 1 && value < 100 ? 1 : 0,
  }).format(value)
  /* English writes few bytes without a space, and no unit may begin a line. */
  return text.replace(/(?<=\d)\s?(?=\p{L})/u, '\u00A0')
}

/** Of a hundred; what is there at all can be seen. */
export function shareOf(part: number, whole: number): number {
  if (part === 0 || whole === 0) return 0
  return Math.min(100, Math.max(1, Math.round((part / whole) * 1000) / 10))
}

/** With thin groups of thousands. */
export function countText(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(count)
}

/** «+12 %» against what was before; nothing where nothing was. */
export function changeText(
  { total, before }: { readonly total: number; readonly before: number },
  locale: Locale,
): string | undefined {
  if (before === 0) return undefined
  const format = { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(locale, format).format((total - before) / before).replace('-', '−')
}

/** Within the hour as «4 минуты назад», today as a time, before that as a date. */
export function seenText(instant: string, locale: Locale, timeZone: string, now: Date): string {
  const day = (at: string | Date): string => fullDate(at, locale, timeZone)
  const isNear = now.getTime() - Date.parse(instant) < HOUR_MS
  if (isNear || day(instant) === day(now)) return ago(instant, locale, timeZone, now)
  return shortDate(instant, locale, timeZone, now)
}

/** One point of a chart, whole: «пятница, 27 ноября, 15:00». */
export function momentText(moment: string, locale: Locale): string {
  const isHour = moment.length > 10
  const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  const form = isHour ? ({ ...day, hour: '2-digit', minute: '2-digit' } as const) : day
  return new Intl.DateTimeFormat(locale, form).format(instantOf(moment))
}

/** Under the chart: hours of a day, days of a week, dates of a month. */
export function tickText(moment: string, locale: Locale, period: Period): string {
  const forms = {
    day: { hour: '2-digit', minute: '2-digit' },
    week: { weekday: 'short' },
    month: { day: 'numeric', month: 'short' },
  } as const
  const form = { ...forms[period], timeZone: 'UTC' }
  return new Intl.DateTimeFormat(locale, form).format(instantOf(moment))
}

function instantOf(moment: string): Date {
  return new Date(moment.length > 10 ? `${moment}:00Z` : `${moment}T00:00Z`)
}
