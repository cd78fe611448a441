import type { App, FigurePoint, HealthReport } from '#core'
import { beginningOf, momentsOf, type Period } from './periods.ts'

/** One line of a chart: a value for each moment, and what it comes to. */
export interface Series {
  readonly values: readonly number[]
  readonly total: number
  /** The same, one period earlier. */
  readonly before: number
}

export interface Stats {
  readonly period: Period
  /** When it was counted. ISO 8601, UTC */
  readonly at: string
  readonly moments: readonly string[]
  readonly people: {
    readonly all: number
    readonly today: number
    readonly values: readonly number[]
  }
  readonly posts: Series
  readonly messages: Series
  /** The most events that waited at a time. */
  readonly behind: readonly number[]
  readonly requests: Series
  readonly errors: Series
  readonly health: HealthReport
}

const COUNTED = {
  posts: 'event:post.published',
  messages: 'event:message.sent',
  behind: 'events.behind',
  requests: 'http.requests',
  errors: 'http.errors',
} as const

/** Everything the overview shows, in one answer. */
export async function statsOf(app: App, period: Period): Promise<Stats> {
  const { figures, health, people } = app.administration
  const now = app.clock.now()
  const moments = momentsOf(period, now)
  const begun = beginningOf(period, now)
  const earlier = beginningOf(period, begun)
  const isByDay = moments[0]?.length === 10
  const [hours, seen, counts, report] = await Promise.all([
    figures.hours(Object.values(COUNTED), earlier),
    isByDay ? figures.days(['people'], begun) : figures.hours(['people'], begun),
    people.counts(),
    health.report(),
  ])
  const series = (name: string): Series => seriesOf(hours, name, moments)
  return {
    period,
    at: now.toISOString(),
    moments,
    people: { all: counts.all, today: counts.today, values: valuesOf(seen, 'people', moments) },
    posts: series(COUNTED.posts),
    messages: series(COUNTED.messages),
    behind: valuesOf(hours, COUNTED.behind, moments),
    requests: series(COUNTED.requests),
    errors: series(COUNTED.errors),
    health: report,
  }
}

function seriesOf(
  points: readonly FigurePoint[],
  name: string,
  moments: readonly string[],
): Series {
  const values = valuesOf(points, name, moments)
  const [first = ''] = moments
  const before = points.filter((point) => point.name === name && point.at < first)
  return { values, total: sum(values), before: sum(before.map(({ value }) => value)) }
}

/** Days are the sums of their hours. */
function valuesOf(
  points: readonly FigurePoint[],
  name: string,
  moments: readonly string[],
): readonly number[] {
  const length = moments[0]?.length ?? 0
  const sums = new Map<string, number>()
  for (const point of points) {
    if (point.name !== name) continue
    const at = point.at.slice(0, length)
    sums.set(at, (sums.get(at) ?? 0) + point.value)
  }
  return moments.map((moment) => sums.get(moment) ?? 0)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
