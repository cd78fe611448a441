import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const LONGEST_MS = 10 * 60_000

const Stage = Type.Object({ duration: Type.String(), target: Type.Integer({ minimum: 0 }) })
const Threshold = Type.Union([Type.String(), Type.Object({ threshold: Type.String() })])
const Options = Type.Object(
  {
    vus: Type.Optional(Type.Integer({ minimum: 1 })),
    duration: Type.Optional(Type.String()),
    iterations: Type.Optional(Type.Integer({ minimum: 1 })),
    stages: Type.Optional(Type.Array(Stage, { minItems: 1 })),
    thresholds: Type.Optional(Type.Record(Type.String(), Type.Array(Threshold))),
  },
  { additionalProperties: false },
)

/** The part of k6's `options` that the runner carries out. */
export type LoadOptions = Static<typeof Options>

/** How many virtual users work at which time. */
export interface Plan {
  readonly startVus: number
  readonly stages: readonly { readonly durationMs: number; readonly target: number }[]
  /** Shared by all users; null: as many as the time allows. */
  readonly iterations: number | null
}

/** @throws Error naming the option that is wrong or not supported here. */
export function parseOptions(value: unknown): LoadOptions {
  const [fault] = Value.Errors(Options, value)
  if (fault === undefined) return Value.Parse(Options, value)
  throw new Error(
    `options${fault.instancePath}: ${fault.message} (the runner knows vus, duration, iterations, stages and thresholds; k6 itself knows more)`,
  )
}

export function planOf(options: LoadOptions): Plan {
  const vus = options.vus ?? 1
  if (options.stages) {
    const stages = options.stages.map(({ duration, target }) => ({
      durationMs: milliseconds(duration),
      target,
    }))
    return { startVus: vus, stages, iterations: null }
  }
  const iterations = options.iterations ?? (options.duration === undefined ? vus : null)
  const durationMs = options.duration === undefined ? LONGEST_MS : milliseconds(options.duration)
  return { startVus: vus, stages: [{ durationMs, target: vus }], iterations }
}

/** The number of users wanted at a time since the start; undefined when the plan is over. */
export function usersAt(plan: Plan, elapsedMs: number): number | undefined {
  let from = plan.startVus
  let startMs = 0
  for (const { durationMs, target } of plan.stages) {
    if (elapsedMs < startMs + durationMs) {
      return Math.round(from + ((target - from) * (elapsedMs - startMs)) / durationMs)
    }
    startMs += durationMs
    from = target
  }
  return undefined
}

/** `1m30s` → 90000. @throws Error when it is not a duration. */
export function milliseconds(duration: string): number {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smh]))+$/.test(duration)) {
    throw new Error(`“${duration}” is not a duration such as 30s or 1m30s`)
  }
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)]
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0)
}
