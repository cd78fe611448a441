import { PermanentError, RetryAfterError } from './bus.ts'

/** Waits after the first, second … failed attempt; the sixth failure is the last. */
const WAITS_S = [1, 5, 30, 120, 600]
export const MAX_ATTEMPTS = WAITS_S.length + 1

/** Up to a fifth longer, so that what failed together is not tried together again. */
const JITTER = 0.2

/** @returns milliseconds until the next attempt; undefined: no further one makes sense. */
export function waitAfter(attempt: number, error: unknown): number | undefined {
  const seconds = WAITS_S[attempt - 1]
  if (seconds === undefined || error instanceof PermanentError) return undefined
  if (error instanceof RetryAfterError) return error.delayMs
  return seconds * 1000 * (1 + JITTER * Math.random())
}
