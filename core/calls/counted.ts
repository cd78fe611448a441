import type { Static } from 'typebox'
import type { App } from '../app.ts'
import { Type } from '../type.ts'

const closed = { additionalProperties: false } as const
/** People of one question. */
export const MAX_COUNTED = 100
const Id = Type.String({ maxLength: 80 })

export const CountedQuestion = Type.Object(
  { ids: Type.Array(Id, { maxItems: MAX_COUNTED }) },
  closed,
)

/** How much of something people have made: numbers, never what it is. */
export const Counted = Type.Object(
  {
    /** What is counted, as the head of a column says it. */
    label: Type.Object({ en: Type.String(), ru: Type.String() }, closed),
    /** Columns of smaller numbers stand first. */
    order: Type.Integer(),
    /** By the person's id; whoever is absent has none. */
    counts: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  },
  closed,
)
export type Counted = Static<typeof Counted>

declare global {
  interface QuarkCalls {
    /** How much each of these people has of it. Only for modules of the level core. */
    [counted: `counted.${string}`]: { input: Static<typeof CountedQuestion>; output: Counted }
  }
}

export interface Countable extends Pick<Counted, 'label' | 'order'> {
  readonly count: (ids: readonly string[]) => Promise<Counted['counts']>
}

/**
 * Lets staff see how much people have of what this module keeps: provides `counted.<what>`, which the
 * manifest names under `calls.provides`. Whoever shows it finds all that are provided.
 */
export function provideCounts(
  app: Pick<App, 'provide'>,
  what: string,
  { label, order, count }: Countable,
): void {
  app.provide(
    `counted.${what}`,
    { input: CountedQuestion, output: Counted, audience: 'core' },
    async ({ ids }) => ({ label, order, counts: await count(ids) }),
  )
}
