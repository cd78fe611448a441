import type { Say } from './words.ts'

const DAY_MS = 86_400_000

const FORMS = {
  time: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'long', weekday: 'long' },
  dayAndYear: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  full: { dateStyle: 'long', timeStyle: 'short' },
  key: { dateStyle: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

type Form = keyof typeof FORMS

/** Writes the date in the order in which days sort. */
const SORTED = 'en-CA'

/** Dates as the messenger shows them, in one language and time zone. */
export class Dates {
  readonly #locale: string
  readonly #timeZone: string
  readonly #say: Say
  /** Made when they are first needed: each takes a while, and the first picture wants few. */
  readonly #forms = new Map<Form, Intl.DateTimeFormat>()

  constructor(locale: string, timeZone: string, say: Say) {
    this.#locale = locale
    this.#timeZone = timeZone
    this.#say = say
  }

  /** «14:26» */
  time(iso: string): string {
    return this.#form('time').format(new Date(iso))
  }

  /** With day and year, for a title. */
  full(iso: string): string {
    return withoutYearMark(this.#form('full').format(new Date(iso)))
  }

  /** The same text for every moment of one day: `2026-06-14`. */
  dayKey(iso: string): string {
    return this.#form('key').format(new Date(iso))
  }

  /** Over the messages of a day: «Сегодня», «Вчера», «12 июня, пятница». */
  day(iso: string, nowMs: number): string {
    const days = this.#daysAgo(iso, nowMs)
    if (days === 0) return this.#say('day.today')
    if (days === 1) return this.#say('day.yesterday')
    if (days > 300) return withoutYearMark(this.#form('dayAndYear').format(new Date(iso)))
    const parts = this.#form('day').formatToParts(new Date(iso))
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
    return this.#say('day.other', {
      day: part('day'),
      month: part('month'),
      weekday: part('weekday'),
    })
  }

  /** In the list: the time today, the weekday within a week, the date before that. */
  brief(iso: string, nowMs: number): string {
    const days = this.#daysAgo(iso, nowMs)
    if (days === 0) return this.time(iso)
    if (days > 0 && days < 7) return this.#form('weekday').format(new Date(iso))
    if (days > 300) return withoutYearMark(this.#form('dayAndYear').format(new Date(iso)))
    return this.#form('short').format(new Date(iso)).replace(/\.$/, '')
  }

  /** When something ends: the time today, with the date on another day. */
  moment(iso: string, nowMs: number): string {
    const time = this.time(iso)
    return this.#daysAgo(iso, nowMs) === 0 ? time : `${this.brief(iso, nowMs)}, ${time}`
  }

  /** «был(а) в 12:50»: when somebody was last here. */
  lastSeen(lastSeen: string | null | undefined, nowMs: number): string {
    if (lastSeen === 'online') return this.#say('seen.online')
    if (lastSeen === 'recently' || lastSeen == null) return this.#say('seen.recently')
    if (Number.isNaN(Date.parse(lastSeen))) return this.#say('seen.recently')
    const minutes = Math.floor((nowMs - Date.parse(lastSeen)) / 60_000)
    if (minutes < 1) return this.#say('seen.now')
    if (minutes < 60) return this.#say('seen.minutes', { count: minutes })
    const days = this.#daysAgo(lastSeen, nowMs)
    if (days === 0) return this.#say('seen.today', { time: this.time(lastSeen) })
    if (days === 1) return this.#say('seen.yesterday', { time: this.time(lastSeen) })
    return this.#say('seen.date', { date: this.brief(lastSeen, nowMs) })
  }

  #form(name: Form): Intl.DateTimeFormat {
    const known = this.#forms.get(name)
    if (known) return known
    const locale = name === 'key' ? SORTED : this.#locale
    const made = new Intl.DateTimeFormat(locale, { ...FORMS[name], timeZone: this.#timeZone })
    this.#forms.set(name, made)
    return made
  }

  #daysAgo(iso: string, nowMs: number): number {
    const [then, today] = [this.dayKey(iso), this.#form('key').format(new Date(nowMs))]
    return Math.round((Date.parse(today) - Date.parse(then)) / DAY_MS)
  }
}

/** Russian ends a year with « г.», which nothing here needs. */
function withoutYearMark(text: string): string {
  return text.replace(/\s?г\.(?=\s|$)/u, '')
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** «184 КБ» / “184 kB”. */
export function sizeText(bytes: number, locale: string): string {
  const step = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    /* «6 bytes»: the short word has no plural. */
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 1 ? 1 : 0,
  }).format(value)
}

/** «0:42» */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
