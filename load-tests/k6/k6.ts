import { line } from './line.ts'

type Tags = Readonly<Record<string, string>>
type Checks<Value> = Readonly<Record<string, (value: Value) => unknown>>

/** k6's `check`: counts each expectation, and answers whether all of them held. */
export function check<Value>(value: Value, checks: Checks<Value>, tags: Tags = {}): boolean {
  const outcomes = Object.entries(checks).map(([name, holds]) => {
    const passed = Boolean(holds(value))
    line.measure('checks', 'rate', passed ? 1 : 0, { ...tags, check: name })
    return passed
  })
  return outcomes.every(Boolean)
}

export function sleep(seconds: number): void {
  line.sleep(seconds * 1000)
}

export function group<Result>(name: string, work: () => Result): Result {
  const startedMs = performance.now()
  try {
    return work()
  } finally {
    line.measure('group_duration', 'trend', performance.now() - startedMs, { group: name })
  }
}

/** Ends the current iteration with a message. */
export function fail(message = 'The script called fail()'): never {
  throw new Error(message)
}
