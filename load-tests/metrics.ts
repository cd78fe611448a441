export type MetricKind = 'counter' | 'gauge' | 'rate' | 'trend'

/** One measurement: times in milliseconds, rates as 0 or 1. */
export interface Sample {
  readonly metric: string
  readonly kind: MetricKind
  readonly value: number
  readonly tags: Readonly<Record<string, string>>
}

export interface Verdict {
  /** `http_req_duration{page:post}` */
  readonly metric: string
  readonly expression: string
  readonly measured: number | undefined
  readonly passed: boolean
}

const EXPRESSION =
  /^\s*(?<statistic>[a-z]+(?:\(\d+(?:\.\d+)?\))?)\s*(?<sign><=|>=|<|>|===?|!=)\s*(?<bound>-?\d+(?:\.\d+)?)\s*$/
const SELECTOR = /^(?<name>\w+)(?:\{(?<tag>[^:}]+):(?<wanted>[^}]*)\})?$/

const HOLDS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '==': (value, bound) => value === bound,
  '===': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
}

/** All measurements of a run, in the order they came. */
export class Metrics {
  readonly #samples = new Map<string, Sample[]>()

  add(sample: Sample): void {
    const known = this.#samples.get(sample.metric)
    if (known) known.push(sample)
    else this.#samples.set(sample.metric, [sample])
  }

  get names(): string[] {
    return [...this.#samples.keys()].toSorted()
  }

  kindOf(metric: string): MetricKind | undefined {
    return this.#samples.get(metric)?.[0]?.kind
  }

  /** Ascending values of `name` or `name{tag:value}`. */
  values(selector: string): number[] {
    const { name = '', tag, wanted } = SELECTOR.exec(selector)?.groups ?? {}
    const samples = this.#samples.get(name) ?? []
    return samples
      .filter((sample) => tag === undefined || sample.tags[tag] === wanted)
      .map((sample) => sample.value)
  }

  /** Names of checks with how often each held and did not. */
  checks(): { name: string; passes: number; fails: number }[] {
    const samples = Map.groupBy(this.#samples.get('checks') ?? [], (sample) => sample.tags['check'])
    return [...samples].map(([name = '', outcomes]) => {
      const passes = outcomes.filter((outcome) => outcome.value === 1).length
      return { name, passes, fails: outcomes.length - passes }
    })
  }

  /** A threshold without a single measurement has not been met. */
  verdict(metric: string, expression: string, durationMs: number): Verdict {
    const { statistic = '', sign = '', bound } = EXPRESSION.exec(expression)?.groups ?? {}
    const holds = HOLDS[sign]
    if (holds === undefined) throw new Error(`The threshold “${expression}” is not understood`)
    const values = this.values(metric)
    const name = metric.replace(/\{.*/, '')
    const isCounter = this.kindOf(name) === 'counter'
    const measured = measure(values, statistic, isCounter ? durationMs : undefined)
    const passed = measured !== undefined && holds(measured, Number(bound))
    return { metric, expression, measured, passed }
  }
}

/** `rate` of a counter is per second of the run, and of anything else the mean. */
export function measure(
  values: readonly number[],
  statistic: string,
  counterDurationMs?: number,
): number | undefined {
  if (values.length === 0) return undefined
  const percentile = /^p\((.+)\)$/.exec(statistic)
  if (percentile) return percentileOf(values, Number(percentile[1]))
  const sum = values.reduce((total, value) => total + value, 0)
  switch (statistic) {
    case 'avg':
      return sum / values.length
    case 'rate':
      return counterDurationMs === undefined
        ? sum / values.length
        : (sum * 1000) / counterDurationMs
    case 'count':
      return counterDurationMs === undefined ? values.length : sum
    case 'med':
      return percentileOf(values, 50)
    case 'min':
      return percentileOf(values, 0)
    case 'max':
      return percentileOf(values, 100)
    case 'value':
      return values.at(-1)
    default:
      throw new Error(`There is no statistic “${statistic}”`)
  }
}

/** Linear between the two nearest ranks, as k6 does it. */
function percentileOf(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (percent / 100) * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}
