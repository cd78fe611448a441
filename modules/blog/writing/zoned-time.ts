const WALL_CLOCK = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?$/

/**
 * The instant at which clocks of an IANA zone show `wallClock` (`2026-11-12T09:00`). An hour that
 * the clocks skip means the same time after the skip; of an hour that comes twice, the first.
 *
 * @returns ISO 8601 in UTC; undefined for what is no time.
 */
export function instantOf(wallClock: string, timeZone: string): string | undefined {
  if (!WALL_CLOCK.test(wallClock)) return undefined
  const asUtc = Date.parse(`${wallClock.slice(0, 16)}:00Z`)
  if (Number.isNaN(asUtc)) return undefined
  /* The offset depends on the instant that is sought: two steps settle it away from a change. */
  const before = asUtc - offsetMs(asUtc - 24 * 3_600_000, timeZone)
  const after = asUtc - offsetMs(asUtc + 24 * 3_600_000, timeZone)
  const fits = [before, after]
    .toSorted((a, b) => a - b)
    .find((at) => at + offsetMs(at, timeZone) === asUtc)
  return new Date(fits ?? before).toISOString()
}

/** What clocks of the zone show at an instant, as a form's field takes it. */
export function wallClockAt(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  return new Date(at + offsetMs(at, timeZone)).toISOString().slice(0, 16)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function offsetMs(at: number, timeZone: string): number {
  const parts = formatFor(timeZone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value)
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(at / 1000) * 1000
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
