import { type Metrics, type Verdict, measure } from './metrics.ts'

const NAME_WIDTH = 32
const TREND = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)']

/** What k6 prints at the end of a run: checks, then each metric with its thresholds. */
export function summary(
  metrics: Metrics,
  verdicts: readonly Verdict[],
  durationMs: number,
): string {
  const checks = metrics.checks().flatMap(({ name, passes, fails }) => {
    if (fails === 0) return [`     ✓ ${name}`]
    const share = Math.floor((100 * passes) / (passes + fails))
    return [`     ✗ ${name}`, `      ↳  ${share}% — ✓ ${passes} / ✗ ${fails}`]
  })
  const named = new Set([...metrics.names, ...verdicts.map((verdict) => verdict.metric)])
  const lines = [...named]
    .toSorted()
    .flatMap((metric) => [
      `     ${metric.padEnd(NAME_WIDTH, '.')}: ${figures(metrics, metric, durationMs)}`,
      ...verdicts.filter((verdict) => verdict.metric === metric).map(thresholdLine),
    ])
  return ['', ...checks, '', ...lines, ''].join('\n')
}

function thresholdLine(verdict: Verdict): string {
  const measured = verdict.measured === undefined ? 'no measurements' : short(verdict.measured)
  return `       ${verdict.passed ? '✓' : '✗'} '${verdict.expression}' (${measured})`
}

function figures(metrics: Metrics, metric: string, durationMs: number): string {
  const values = metrics.values(metric)
  const kind = metrics.kindOf(metric.replace(/\{.*/, ''))
  const figure = (statistic: string): number =>
    measure(values, statistic, kind === 'counter' ? durationMs : undefined) ?? 0
  switch (kind) {
    case 'trend':
      return TREND.map((name) => `${name}=${short(figure(name))}ms`).join(' ')
    case 'rate': {
      const hits = values.filter((value) => value === 1).length
      return `${short(100 * figure('rate'))}% ✓ ${hits} ✗ ${values.length - hits}`
    }
    case 'counter':
      return `${short(figure('count'))} ${short(figure('rate'))}/s`
    case 'gauge':
      return `${short(figure('value'))} min=${short(figure('min'))} max=${short(figure('max'))}`
    case undefined:
      return 'no measurements'
  }
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}
