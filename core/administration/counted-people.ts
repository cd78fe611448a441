import type { Log } from '../app.ts'
import { type Counted, MAX_COUNTED } from '../calls/counted.ts'
import type { Calls } from '../calls/calls.ts'

/** A column of numbers that a module adds to the table of people. */
export interface CountedColumn extends Counted {
  /** `posts` */
  readonly name: string
}

/** Whoever takes longer is left out. */
const BUDGET_MS = 2_000
const FAMILY = 'counted.'

/** Asks whoever counts something; one that fails or dawdles is a column less, and written down. */
export async function countedOf(
  { calls, log }: { readonly calls: Calls; readonly log: Log },
  ids: readonly string[],
): Promise<readonly CountedColumn[]> {
  const columns = await Promise.all(
    calls.named(FAMILY).map(async (call) => {
      try {
        const input = { ids: ids.slice(0, MAX_COUNTED) }
        const answer = (await inTime(calls.call(call, input, 'core'))) as Counted
        return [{ ...answer, name: call.slice(FAMILY.length) }]
      } catch (error) {
        log.warn('A column of the table of people stays away', { call, error: String(error) })
        return []
      }
    }),
  )
  return columns.flat().toSorted((a, b) => a.order - b.order)
}

async function inTime<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('No answer in time')), BUDGET_MS)
  try {
    return await Promise.race([asked, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
