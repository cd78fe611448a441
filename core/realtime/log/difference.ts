import type { Static } from 'typebox'
import type { Json } from '../../port/events.ts'
import { Type } from '../../type.ts'
import { MAX_BEHIND } from '../limits.ts'
import type { Update } from './update.ts'
import type { ToldLog } from './told-log.ts'

const MAX_UPDATES = 500
const PAGE = 100
/** A difference ends early where it would become larger than this. */
const MAX_BYTES = 512 * 1024
const position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

export const DifferenceInput = Type.Object(
  {
    from: position,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_UPDATES })),
    /** Where it is given and not ours, the answer is `reset`. */
    epoch: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
)

export const DifferenceOutput = Type.Union([
  Type.Object({
    u: Type.Array(Type.Object({ pts: position, e: Type.Object({ k: Type.String() }) })),
    to: position,
    head: position,
    more: Type.Boolean(),
  }),
  Type.Object({ reset: Type.Literal(true), epoch: Type.String(), pts: position }),
])

interface Source {
  readonly updates: ToldLog
  readonly epoch: string
}

/** What somebody lacks after `from`, oldest first, or that they have to start afresh. */
export async function differenceOf(
  { updates, epoch }: Source,
  userId: string,
  { from, limit = MAX_UPDATES, epoch: theirs = epoch }: Static<typeof DifferenceInput>,
): Promise<object> {
  const { pts: head, floor } = await updates.head(userId)
  const isKnown = theirs === epoch && from <= head && from >= floor && head - from <= MAX_BEHIND
  if (!isKnown) return { reset: true, epoch, pts: head }
  const found = await readUpTo(updates, userId, { from, limit })
  const to = found.at(-1)?.pts ?? from
  /* Trimmed while it was read. */
  if (found.length !== to - from) return { reset: true, epoch, pts: head }
  return { u: found.map(told), to, head: Math.max(head, to), more: to < head }
}

async function readUpTo(
  updates: Source['updates'],
  userId: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<Update[]> {
  const found: Update[] = []
  let bytes = 0
  for (;;) {
    const after = found.at(-1)?.pts ?? from
    const wanted = Math.min(PAGE, limit - found.length)
    const page = await updates.read(userId, after, wanted)
    for (const update of page) {
      bytes += update.data.length
      if (found.length > 0 && bytes > MAX_BYTES) return found
      found.push(update)
    }
    if (page.length < wanted || found.length >= limit) return found
  }
}

function told({ pts, type, data }: Update): { pts: number; e: Json } {
  return { pts, e: { k: type, ...(JSON.parse(data) as Record<string, Json>) } }
}
