import type { Static } from 'typebox'
import type { App } from '../app.ts'
import { Type } from '../type.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ maxLength: 80 })
const OrNull = <T extends ReturnType<typeof Type.String>>(type: T) =>
  Type.Union([type, Type.Null()])

/**
 * `shown`: others can see it; `hidden`: moderators keep it from them; `closed`: its author does, or
 * has never let them; `gone`: there is nothing any more.
 */
const STATES = ['shown', 'hidden', 'closed', 'gone'] as const
const ACTS = ['hide', 'restore', 'delete'] as const

export type ModeratedState = (typeof STATES)[number]
export type ModerationAct = (typeof ACTS)[number]

const State = Type.Unsafe<ModeratedState>({ type: 'string', enum: [...STATES] })
const Act = Type.Unsafe<ModerationAct>({ type: 'string', enum: [...ACTS] })
const KINDS = ['photo', 'video', 'voice', 'file'] as const
export type EnclosureKind = (typeof KINDS)[number]

/** A picture or a file that came with it, which whoever keeps it hands to moderators. */
const Enclosure = Type.Object(
  {
    kind: Type.Unsafe<EnclosureKind>({ type: 'string', enum: [...KINDS] }),
    /** Path on this station. */
    url: Type.String(),
    /** Of a file; '' where it has none. */
    name: Type.String(),
  },
  closed,
)

export const ReportedQuestion = Type.Object({ id: Id }, closed)

/** Something that was reported, as its owner describes it to moderators. */
export const Reported = Type.Object(
  {
    /** May be empty. */
    title: Type.String(),
    /** Plain text, at most 600 characters; '' where it is closed or there are no words. */
    excerpt: Type.String(),
    /** null: nobody with an account. */
    authorId: OrNull(Type.String()),
    /** What the author is called where no account says it. */
    authorName: OrNull(Type.String()),
    /** Path on this station where it is seen, or was. */
    url: OrNull(Type.String()),
    state: State,
    /** What can be done with it at all. */
    acts: Type.Array(Act),
    /** When it was said, where that matters; ISO 8601, UTC. */
    saidAt: Type.Optional(Type.String()),
    enclosures: Type.Optional(Type.Array(Enclosure)),
  },
  closed,
)
export type Reported = Static<typeof Reported>

const BothLanguages = Type.Object({ en: Type.String(), ru: Type.String() }, closed)

/** Why moderators keep something hidden, as its author reads it. */
export const HidingReason = Type.Object(
  {
    why: BothLanguages,
    /** What the moderator adds; '' for nothing. */
    words: Type.String(),
    /** Path where the author reads more and can answer. */
    page: Type.String(),
  },
  closed,
)
export type HidingReason = Static<typeof HidingReason>

export const ModerationOrder = Type.Object(
  {
    id: Id,
    act: Act,
    /** Who does it. Whether they may is for the asker to know. */
    actorId: Type.String(),
    /** For `hide`. */
    reason: Type.Optional(HidingReason),
  },
  closed,
)
export type ModerationOrder = Static<typeof ModerationOrder>

/** What it was before and is now; the same twice where nothing had to be done. */
export const Moderated = Type.Object({ before: State, after: State }, closed)
export type Moderated = Static<typeof Moderated>

declare global {
  interface QuarkCalls {
    /** What stands behind `<kind>/<id>`; null for what never was. Only for modules of the level core. */
    [reported: `reported.${string}`]: {
      input: Static<typeof ReportedQuestion>
      output: Reported | null
    }
    /** Hides, shows again or deletes it; done twice it changes nothing. */
    [moderate: `moderate.${string}`]: { input: ModerationOrder; output: Moderated }
  }
}

export interface Moderatable {
  reported(id: string): Promise<Reported | null>
  /** For an act that {@link Reported.acts} does not name it may throw. */
  moderate(order: ModerationOrder): Promise<Moderated>
}

/**
 * Lets moderators see and take down what this module keeps as `<kind>/<id>`: provides
 * `reported.<kind>` and `moderate.<kind>`, which the manifest names under `calls.provides`. Who asks
 * finds them by the kind, so that neither side knows the other.
 */
export function provideToModerators(
  app: Pick<App, 'provide'>,
  kind: string,
  things: Moderatable,
): void {
  app.provide(
    `reported.${kind}`,
    { input: ReportedQuestion, output: Type.Union([Reported, Type.Null()]), audience: 'core' },
    ({ id }) => things.reported(id),
  )
  app.provide(
    `moderate.${kind}`,
    { input: ModerationOrder, output: Moderated, audience: 'core' },
    (order) => things.moderate(order),
  )
}
