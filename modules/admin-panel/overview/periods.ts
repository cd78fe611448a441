export const PERIODS = ['day', 'week', 'month'] as const
export type Period = (typeof PERIODS)[number]

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const POINTS: Readonly<Record<Period, readonly [count: number, stepMs: number]>> = {
  day: [24, HOUR_MS],
  week: [7 * 24, HOUR_MS],
  month: [30, DAY_MS],
}

/** The moments a period is drawn by, oldest first, in UTC: `2026-11-29T14` or `2026-11-29`. */
export function momentsOf(period: Period, now: Date): readonly string[] {
  const [count, stepMs] = POINTS[period]
  const length = stepMs === HOUR_MS ? 13 : 10
  return Array.from({ length: count }, (_, index) =>
    new Date(now.getTime() - (count - 1 - index) * stepMs).toISOString().slice(0, length),
  )
}

export function periodIn(text: string | undefined): Period {
  return PERIODS.find((known) => known === text) ?? 'week'
}

/** When a period of this length that ends at `now` has begun. */
export function beginningOf(period: Period, now: Date): Date {
  const [count, stepMs] = POINTS[period]
  return new Date(now.getTime() - count * stepMs)
}
