import type { MetricKind } from '../metrics.ts'
import { line } from './line.ts'

type Tags = Readonly<Record<string, string>>

class Metric {
  readonly #name: string
  readonly #kind: MetricKind

  constructor(name: string, kind: MetricKind) {
    this.#name = name
    this.#kind = kind
  }

  add(value: number | boolean, tags?: Tags): void {
    line.measure(this.#name, this.#kind, Number(value), tags)
  }
}

export class Counter extends Metric {
  constructor(name: string) {
    super(name, 'counter')
  }
}

export class Gauge extends Metric {
  constructor(name: string) {
    super(name, 'gauge')
  }
}

export class Rate extends Metric {
  constructor(name: string) {
    super(name, 'rate')
  }
}

export class Trend extends Metric {
  constructor(name: string) {
    super(name, 'trend')
  }
}
