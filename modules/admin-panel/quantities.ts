import { ago, type Locale, shortDate } from '#core'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const STEP = 1024

/** «3,6 ГБ» / “3.6 GB”; whole numbers below a megabyte. */
export function bytesText(bytes: number, locale: Locale): string {
  let unit = 0
  let value = Math.max(0, bytes)
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP
    unit++
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: unit > 1 && value < 100 ? 1 : 0,
  }).format(value)
}

/** With thin groups of thousands. */
export function countText(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(count)
}

/** Within the hour as «4 минуты назад», today as a time, before that as a date. */
export function seenText(instant: string, locale: Locale, now: Date): string {
  const isToday = instant.slice(0, 10) === now.toISOString().slice(0, 10)
  if (isToday || now.getTime() - Date.parse(instant) < 3_600_000)
    return ago(instant, locale, 'UTC', now)
  return shortDate(instant, locale, 'UTC', now)
}
