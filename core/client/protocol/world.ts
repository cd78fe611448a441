/** Everything of the browser that the connection touches, so that tests can move it by hand. */
export interface World {
  /** Milliseconds; only differences count. */
  now(): number
  /** 0 ≤ x < 1 */
  random(): number
  /** @returns what cancels it. */
  later(run: () => void, ms: number): () => void
}

export const browserWorld: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  later(run, ms) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
