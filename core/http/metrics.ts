import type { ConsumerLag } from '../events/bus.ts'
import type { Counter as Counting, Gauge as Measuring, Registry } from 'prom-client'

const CLASSES = ['2xx', '3xx', '4xx', '5xx'] as const

export interface MetricSources {
  /** Answers given from kept bytes. */
  keptAnswers(): number
  keptBytes(): number
  realtime(): { sockets: number; framesIn: number; updates: number; dropped: number }
  eventLag(): Promise<readonly ConsumerLag[]>
  now(): Date
}

/**
 * Counters of the running station. They cost a few additions per request; the Prometheus library
 * is loaded only when somebody asks for `/metrics`.
 */
export class Metrics {
  isDraining = false
  readonly startedAt = performance.now()
  readonly #requests = new Map<string, number>()
  readonly #ms = new Map<string, number>()

  countRequest(method: string, status: number, elapsedMs: number): void {
    const key = `${method} ${CLASSES[Math.floor(status / 100) - 2] ?? '1xx'}`
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1)
    this.#ms.set(key, (this.#ms.get(key) ?? 0) + elapsedMs)
  }

  /** Answered since the start, and how many of them failed on our side. */
  get totals(): { readonly requests: number; readonly errors: number } {
    let [requests, errors] = [0, 0]
    for (const [key, count] of this.#requests) {
      requests += count
      if (key.endsWith('5xx')) errors += count
    }
    return { requests, errors }
  }

  get uptimeS(): number {
    return Math.round((performance.now() - this.startedAt) / 1000)
  }

  /** The Prometheus text format. */
  async text(sources: MetricSources): Promise<string> {
    const { Registry: Made, Counter, Gauge, collectDefaultMetrics } = await import('prom-client')
    const register: Registry = new Made()
    const registers = [register]
    collectDefaultMetrics({ register })
    const labelNames = ['method', 'status']
    const requests = new Counter({
      name: 'quark_http_requests_total',
      help: 'Requests answered',
      labelNames,
      registers,
    })
    const seconds = new Counter({
      name: 'quark_http_request_seconds_total',
      help: 'Time spent answering',
      labelNames,
      registers,
    })
    for (const [key, count] of this.#requests) {
      const [method = '', status = ''] = key.split(' ')
      requests.inc({ method, status }, count)
      seconds.inc({ method, status }, (this.#ms.get(key) ?? 0) / 1000)
    }
    new Counter({
      name: 'quark_kept_answers_total',
      help: 'Requests answered from kept bytes',
      registers,
    }).inc(sources.keptAnswers())
    new Gauge({ name: 'quark_kept_bytes', help: 'Bytes of kept pages', registers }).set(
      sources.keptBytes(),
    )
    addRealtime(sources.realtime(), registers, { Counter, Gauge })
    const consumers = { labelNames: ['consumer'], registers }
    const lag = new Gauge({
      name: 'quark_event_lag',
      help: 'Events a consumer is behind',
      ...consumers,
    })
    const dead = new Gauge({
      name: 'quark_dead_letters',
      help: 'Dead letters of a consumer',
      ...consumers,
    })
    const age = new Gauge({
      name: 'quark_event_lag_seconds',
      help: 'How long the oldest event of a consumer has waited',
      ...consumers,
    })
    for (const { consumer, behind, since, dead: count } of await sources.eventLag()) {
      lag.set({ consumer }, behind)
      const waitedMs = since === null ? 0 : sources.now().getTime() - Date.parse(since)
      age.set({ consumer }, Math.max(0, waitedMs) / 1000)
      dead.set({ consumer }, count)
    }
    return register.metrics()
  }
}

interface Kinds {
  readonly Counter: typeof Counting
  readonly Gauge: typeof Measuring
}

function addRealtime(
  { sockets, framesIn, updates, dropped }: ReturnType<MetricSources['realtime']>,
  registers: Registry[],
  { Counter, Gauge }: Kinds,
): void {
  new Gauge({ name: 'quark_sockets', help: 'Open sockets', registers }).set(sockets)
  const counted = { framesIn, updates, dropped }
  const help = {
    framesIn: ['quark_socket_frames_total', 'Frames received from sockets'],
    updates: ['quark_socket_updates_total', 'Updates offered to open sockets'],
    dropped: ['quark_socket_dropped_total', 'Ephemeral frames left out for slow sockets'],
  } as const
  for (const name of ['framesIn', 'updates', 'dropped'] as const) {
    const [metric, text] = help[name]
    new Counter({ name: metric, help: text, registers }).inc(counted[name])
  }
}
